import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LatestVersions } from "../../entity/LatestVersions.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { type Version, versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import type { Material } from "./material.ts";
import { stored, versionsShown } from "./queries.ts";

/** The five latest versions of a name, under its row: one call. */
export function RowVersions({ project, material, name }: { project: string; material: Material; name: string }) {
  const m = useMessages();
  const query = useQuery(stored.versions(project, material, name, versionsShown));
  const page = { to: "/p/$project/$material/$name", params: { project, material, name } } as const;
  const show = (version: Version, latest: boolean) => (
    <ButtonLink
      {...page}
      size="small"
      tone="quiet"
      search={latest ? {} : { v: version.id }}
      aria-label={m.functions.showName(versionName(version))}
    >
      {m.functions.show}
    </ButtonLink>
  );
  const all = (content: string) => <Link {...page}>{content}</Link>;
  return (
    <LatestVersions
      name={name}
      state={query}
      versions={query.data?.content ?? []}
      total={query.data?.totalElements ?? 0}
      show={show}
      all={all}
    />
  );
}
