import { ApiError } from "../../api/error.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { type Material, type MaterialDoc, specText } from "./material.ts";

interface NoFileProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  /** The file below the version's own path, where one of several is meant. */
  file?: string | undefined;
}

/** Whether a failure says that nothing lies where a version says that it lies. */
export function saysNoFile(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Says where a version's file should lie and does not, as after an import, and how it comes there. */
export function NoFile(props: NoFileProps) {
  const words = useMessages().materials.noFile;
  return <EmptyState title={words.title(pathOf(props))} help={words.help} action={<EditPath {...props} />} />;
}

/** The same, where the file was asked for by an act and has no place on the page. */
export function NoFileDialog({ onClose, ...of }: NoFileProps & { onClose: () => void }) {
  const words = useMessages().materials.noFile;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title(pathOf(of))}
      description={words.help}
      footer={<EditPath {...of} />}
    />
  );
}

function EditPath({ project, material, doc }: NoFileProps) {
  const words = useMessages().materials.noFile;
  return (
    <ButtonLink
      to="/p/$project/$material/$name/edit"
      params={{ project, material, name: doc.name }}
      search={{ v: doc.id }}
      hash="/spec/path"
    >
      {words.editPath}
    </ButtonLink>
  );
}

function pathOf({ doc, file }: NoFileProps): string {
  const path = specText(doc, "path") ?? "";
  return file === undefined || path.endsWith(`/${file}`) ? path : `${path.replace(/\/$/, "")}/${file}`;
}
