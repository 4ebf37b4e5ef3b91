import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same message tried twice has the same id: mail servers and readers drop the second. */
  readonly id: string;
}

/** Carries mail, or `null` where no mail server is configured. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

const TIMEOUT = 20_000;

export const openMailer = (smtpUrl: string | undefined, from: string): Mailer | null => {
  if (smtpUrl === undefined) return null;
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
  });
  const domain = /@([\w.-]+)>?$/u.exec(from)?.[1] ?? 'localhost';
  return {
    send: async ({ to, subject, text, id }) => {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
};
