import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { EditEntity } from "../../entity/edit/EditEntity.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { readMaterial, updateMaterial } from "./edit.ts";
import { entityOf } from "./material.ts";

const route = getRouteApi("/p/$project/$material/$name/edit");

/** The form of a version: its words, and its spec as long as it is not ready. */
export function EditMaterial() {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const { project, name } = route.useParams();
  const search = route.useSearch();
  const { material, read } = route.useLoaderData();
  const page = { to: "/p/$project/$material/$name", params: { project, material, name }, search } as const;
  return (
    <Page
      title={m.functions.editTitle(name)}
      meta={read.version}
      breadcrumb={<Crumbs entity={entityOf(material)} project={project} of={{ name, id: search.v }} />}
    >
      <EditEntity
        key={read.id}
        entity={entityOf(material)}
        project={project}
        stored={read}
        specMakes="change"
        specLocked={read.doc.status.state === "READY" ? m.materials.specFixed : undefined}
        update={(id, document, tag) => updateMaterial(project, material, id, document, tag)}
        reread={() => readMaterial(project, material, read.id)}
        onSaved={() => {
          toast({ tone: "success", text: m.functions.savedMetadata });
          void navigate(page);
        }}
        cancel={<ButtonLink {...page}>{m.ui.cancel}</ButtonLink>}
      />
    </Page>
  );
}
