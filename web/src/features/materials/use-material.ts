import { useParams } from "@tanstack/react-router";
import { isMaterial, type Material } from "./material.ts";

/** Which of the three the page is about; the loader has sent other words away. */
export function useMaterial(): Material {
  const { material } = useParams({ strict: false });
  return material !== undefined && isMaterial(material) ? material : "dataitems";
}
