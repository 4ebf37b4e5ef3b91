import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/**
 * Kit hides the element that reads page titles aloud by a style attribute, which would have to be allowed. Ours is
 * hidden by `base.css`; a Kit that writes it otherwise does not build, rather than ask for more than it is given.
 */
const withoutStyleAttributes: Plugin = {
  name: 'vigie-without-style-attributes',
  enforce: 'pre',
  transform: {
    filter: { id: /\/kit\/src\/runtime\/components\/root\.svelte$/ },
    handler(code) {
      const styled = code.match(/\sstyle="[^"]*"/gu) ?? [];
      if (styled.length !== 1 || !code.includes('id="svelte-announcer"'))
        this.error('Kit’s root component has changed: look at its style attributes.');
      return { code: code.replace(styled[0] ?? '', ''), map: null };
    },
  },
};

export default defineConfig({
  plugins: [
    withoutStyleAttributes,
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true, envPrefix: 'VIGIE_WEB_' }),
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['none'],
          'font-src': ['self'],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
      version: { pollInterval: 0 },
    }),
  ],
});
