import { ApiError } from "../../api/error.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { type Material, type MaterialDoc, specText } from "./material.ts";

interface NoFileProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  /** The file below the version's own path, where one of several is meant. */
  file?: string;
}

/** Whether a failure says that nothing lies where a version says that it lies. */
export function saysNoFile(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Says where a version's file should lie and does not, as after an import, and how it comes there. */
export function NoFile({ project, material, doc, file }: NoFileProps) {
  const m = useMessages();
  const words = m.materials.noFile;
  const path = specText(doc, "path") ?? "";
  const name = file === undefined || path.endsWith(`/${file}`) ? path : `${path.replace(/\/$/, "")}/${file}`;
  return (
    <EmptyState
      title={words.title(name)}
      help={words.help}
      action={
        <ButtonLink
          to="/p/$project/$material/$name/edit"
          params={{ project, material, name: doc.name }}
          search={{ v: doc.id }}
          hash="/spec/path"
        >
          {words.editPath}
        </ButtonLink>
      }
    />
  );
}
