import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { CreateEntity } from "../../entity/edit/CreateEntity.tsx";
import { documentOf, wordsOf } from "../../entity/edit/document.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { createMaterial } from "./edit.ts";
import { entityOf } from "./material.ts";
import css from "./MaterialPage.module.css";
import { DropArea } from "./upload/DropArea.tsx";
import { DropTarget } from "./upload/DropTarget.tsx";
import { useUploadDialog } from "./upload/use-upload-dialog.tsx";

const route = getRouteApi("/p/$project/new/$entity");

/** Files first; or the form of one that lies somewhere already, of a copy, or of a new version that begins as an older one. */
export function NewMaterial() {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const search = route.useSearch();
  const { material, origin } = route.useLoaderData();
  const words = m.materials.of[material];
  const isVersion = origin !== undefined && search.as === "version";
  const [uploading, setUploading] = useState(false);
  const upload = useUploadDialog({ project, material, open: uploading, onOpenChange: setUploading });
  const copied = origin === undefined ? undefined : documentOf(origin);
  const title =
    origin === undefined
      ? words.newTitle
      : isVersion
        ? m.functions.newVersionTitle(origin.name)
        : m.functions.copyTitle(origin.name);
  const page = (
    <Page
      title={title}
      meta={origin !== undefined && m.functions.beginsAs(origin.name, versionName(origin))}
      breadcrumb={<Crumbs entity={entityOf(material)} project={project} />}
    >
      {origin === undefined && (
        <>
          <Card title={m.materials.filesFirst}>
            <p className={css.quiet}>{m.materials.filesFirstHelp}</p>
            <DropArea files={[]} onChange={upload.take} />
          </Card>
          <h2 className={css.or}>{m.materials.orAddress}</h2>
        </>
      )}
      <CreateEntity
        key={JSON.stringify([project, material, search])}
        entity={entityOf(material)}
        project={project}
        kind={search.kind}
        from={
          copied && {
            document: { ...copied, name: isVersion ? copied.name : "", metadata: wordsOf(copied) },
            nameLocked: isVersion ? m.functions.nameOfVersion : undefined,
          }
        }
        create={(document, { dryRun }) => createMaterial(project, material, document, dryRun)}
        onCreated={({ name }) => {
          toast({ tone: "success", text: m.functions.created1(name) });
          void navigate({ to: "/p/$project/$material/$name", params: { project, material, name } });
        }}
        cancel={
          <ButtonLink to="/p/$project/$material" params={{ project, material }}>
            {m.ui.cancel}
          </ButtonLink>
        }
      />
      {upload.dialog}
    </Page>
  );
  return origin === undefined ? (
    <DropTarget label={m.materials.uploads.drop} onFiles={upload.take}>
      {page}
    </DropTarget>
  ) : (
    page
  );
}
