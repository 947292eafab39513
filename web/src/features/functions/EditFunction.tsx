import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { EditEntity } from "../../entity/edit/EditEntity.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { updateFunction } from "./mutations.ts";
import { functions, readStored } from "./queries.ts";

const route = getRouteApi("/p/$project/functions/$name/edit");

/** The form of a version: other words change it, another spec makes the next version. */
export function EditFunction() {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { project, name } = route.useParams();
  const { v } = route.useSearch();
  const { stored, isNewest } = route.useLoaderData();
  const params = { project, name };
  const search = v === undefined ? {} : { v };
  return (
    <Page
      title={m.functions.editTitle(name)}
      meta={stored.version}
      breadcrumb={<Crumbs entity="function" project={project} of={{ name, id: v }} />}
    >
      {!isNewest && <Callout tone="warning">{m.functions.editsOlder(stored.version)}</Callout>}
      <EditEntity
        key={stored.id}
        entity="function"
        project={project}
        stored={stored}
        specMakes="version"
        update={(id, document, tag) => updateFunction(project, id, document, tag)}
        reread={async () => {
          const versions = await queries.fetchQuery({ ...functions.versions(project, name, 1), staleTime: 0 });
          return readStored(project, (isNewest ? versions.content[0]?.id : undefined) ?? stored.id);
        }}
        onSaved={({ id }, made) => {
          toast({ tone: "success", text: made === "version" ? m.functions.savedVersion : m.functions.savedMetadata });
          void navigate({
            to: "/p/$project/functions/$name",
            params,
            search: made === "version" || isNewest ? {} : { v: id },
          });
        }}
        cancel={
          <ButtonLink to="/p/$project/functions/$name" params={params} search={search}>
            {m.ui.cancel}
          </ButtonLink>
        }
      />
    </Page>
  );
}
