export { noticesConsumer } from './consumer.ts';
export { sendNotice } from './send.ts';
export { forgetNotices } from './store.ts';
