import { useMessages } from "../i18n/language.ts";
import { EntityLink } from "./EntityLink.tsx";
import { type Listed, listPlace } from "./place.ts";
import { PlaceLink } from "./PlaceLink.tsx";

interface CrumbsProps {
  entity: Listed;
  project: string;
  /** The document that the page is below of; the id pins a version. */
  of?: { name: string; id?: string | undefined } | undefined;
}

/** The way to a page: the list of its entity and, for what is done with a document, the page of that. */
export function Crumbs({ entity, project, of }: CrumbsProps) {
  const m = useMessages();
  return (
    <>
      <li>
        <PlaceLink place={listPlace(entity, project)}>{m.entities.many[entity]}</PlaceLink>
      </li>
      {of !== undefined && (
        <li>
          <EntityLink of={{ entity, project, id: of.id, name: of.name }} />
        </li>
      )}
    </>
  );
}
