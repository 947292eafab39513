import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { CreateEntity } from "../../entity/edit/CreateEntity.tsx";
import { documentOf, wordsOf } from "../../entity/edit/document.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { actionLabel } from "./action-label.ts";
import { createFunction } from "./mutations.ts";
import { functions } from "./queries.ts";

const route = getRouteApi("/p/$project/new/function");

/** The form of a new function, of a copy, or of a new version that begins as an older one. */
export function NewFunction() {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const search = route.useSearch();
  const { data: config } = useSuspenseQuery(session.config());
  const { data: origin } = useQuery({
    ...functions.detail(project, search.from ?? ""),
    enabled: search.from !== undefined,
  });
  const isVersion = origin !== undefined && search.as === "version";
  const copied = origin === undefined ? undefined : documentOf(origin);
  const from = copied && {
    document: { ...copied, name: isVersion ? copied.name : "", metadata: wordsOf(copied) },
    nameLocked: isVersion ? m.functions.nameOfVersion : undefined,
  };
  const actions = (kind: string) =>
    config.kinds
      .find((known) => known.entity === "function" && known.kind === kind)
      ?.actions.map((action) => actionLabel(m, action))
      .join(" · ");
  return (
    <Page
      title={
        origin === undefined
          ? m.functions.newTitle
          : isVersion
            ? m.functions.newVersionTitle(origin.name)
            : m.functions.copyTitle(origin.name)
      }
      meta={origin !== undefined && m.functions.beginsAs(origin.name, versionName(origin))}
      breadcrumb={<Crumbs entity="function" project={project} />}
    >
      <CreateEntity
        key={JSON.stringify([project, search])}
        entity="function"
        project={project}
        kind={search.kind}
        template={search.template}
        from={from}
        kindNote={actions}
        create={(document, { dryRun }) => createFunction(project, document, dryRun)}
        onCreated={({ name }) => {
          toast({ tone: "success", text: m.functions.created1(name) });
          void navigate({ to: "/p/$project/functions/$name", params: { project, name } });
        }}
        cancel={
          origin === undefined ? (
            <ButtonLink to="/p/$project/functions" params={{ project }}>
              {m.ui.cancel}
            </ButtonLink>
          ) : (
            <ButtonLink to="/p/$project/functions/$name" params={{ project, name: origin.name }}>
              {m.ui.cancel}
            </ButtonLink>
          )
        }
      />
    </Page>
  );
}
