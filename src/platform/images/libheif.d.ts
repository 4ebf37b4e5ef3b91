/** The part of libheif-js that we use; the package brings no types of this face. */
declare module 'libheif-js/wasm-bundle.js' {
  interface Decoded {
    /** Absent when it is decoded. */
    readonly code?: object;
    readonly image: object;
    readonly channels?: readonly {
      readonly id: object;
      readonly width: number;
      readonly height: number;
      readonly stride: number;
      readonly data: Uint8Array;
    }[];
  }
  export interface HeifImage {
    readonly handle: object;
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    free(): void;
  }
  export interface Libheif {
    readonly HeifDecoder: new () => {
      readonly decoder: object | null;
      decode(bytes: Uint8Array): HeifImage[];
    };
    readonly heif_error_code: { readonly heif_error_Memory_allocation_error: object };
    readonly heif_colorspace: { readonly heif_colorspace_RGB: object };
    readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: object };
    readonly heif_channel: { readonly heif_channel_interleaved: object };
    heif_js_decode_image2(handle: object, space: object, chroma: object): Decoded | Promise<Decoded>;
    heif_image_release(image: object): void;
    heif_context_free(context: object): void;
  }
  const libheif: Libheif;
  export default libheif;
}
