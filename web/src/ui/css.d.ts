import "react";

declare module "react" {
  interface CSSProperties {
    /** Custom properties may be set; values stay in the style sheets. */
    [name: `--${string}`]: string | number | undefined;
  }
}
