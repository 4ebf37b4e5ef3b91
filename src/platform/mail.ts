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

/** Names of this machine: what is sent to them passes by no wire. */
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * How a mail server is spoken to. What is sent may let somebody in: to another machine it goes under TLS, with a
 * certificate that is checked, or not at all.
 */
export const transportTo = (smtpUrl: string, timeout = TIMEOUT) => ({
  url: smtpUrl,
  requireTLS: !HERE.includes(new URL(smtpUrl).hostname),
  connectionTimeout: timeout,
  greetingTimeout: timeout,
  socketTimeout: timeout,
});

export const openMailer = (smtpUrl: string | undefined, from: string): Mailer | null => {
  if (smtpUrl === undefined) return null;
  const transport = createTransport({ ...transportTo(smtpUrl), pool: true });
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
