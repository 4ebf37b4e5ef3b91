export { noticesConsumer } from './consumer.ts';
export { tellMember } from './member.ts';
export { sendNotice } from './send.ts';
export { forgetNotices } from './store.ts';
export { tellMembers } from './tell.ts';
