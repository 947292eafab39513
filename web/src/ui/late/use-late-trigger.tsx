import {
  cloneElement,
  type ReactElement,
  type Ref,
  type SyntheticEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";

type Props = Record<string, unknown>;
type Handler = (event: SyntheticEvent) => void;

/** What a trigger of Radix's listens to. */
const heard = [
  "onPointerMove",
  "onPointerLeave",
  "onPointerDown",
  "onKeyDown",
  "onFocus",
  "onBlur",
  "onClick",
] as const;
/** An act that must not be lost; the others come again, or can be told afterwards. */
const acts: ReadonlySet<string> = new Set(["onPointerDown", "onKeyDown"]);

/** What a trigger of Radix's says about itself in the tree. */
const isSaid = (name: string) => name === "id" || name === "data-state" || name.startsWith("aria-");

/**
 * Lets a button stand without the menu or the tooltip that belongs to it until it is pointed at, pressed or focused:
 * a list has hundreds of them, and one is used. The button stays the same element throughout. Returns it, and the child
 * for Radix's Trigger, which stands for the button there; undefined as long as there is nothing to show.
 */
export function useLateTrigger(button: ReactElement, before: Props = {}) {
  const [element, setElement] = useState<HTMLElement | undefined>(undefined);
  const [said, setSaid] = useState<Props>(before);
  const trigger = useRef<Props>({});
  const missed = useRef<(() => void) | undefined>(undefined);
  const own = button.props as Props;

  const hear =
    (name: (typeof heard)[number]): Handler =>
    (event) => {
      (own[name] as Handler | undefined)?.(event);
      const { currentTarget } = event;
      if (!(currentTarget instanceof HTMLElement)) return;
      if (element !== currentTarget) {
        if (acts.has(name)) flushSync(() => setElement(currentTarget));
        else if (name === "onFocus") setElement(currentTarget);
      }
      const given = trigger.current[name] as Handler | undefined;
      if (given !== undefined) given(event);
      else if (acts.has(name) || (name === "onFocus" && missed.current === undefined))
        // What is pressed is heard when the parts of the menu have come, unless one has gone elsewhere meanwhile.
        missed.current = () => (trigger.current[name] as Handler | undefined)?.(event);
      else if (name === "onBlur") missed.current = undefined;
    };
  const take = (given: Props) => {
    trigger.current = given;
    missed.current?.();
    missed.current = undefined;
    const says = Object.entries(given).filter(([name, value]) => isSaid(name) && value !== undefined);
    setSaid((old) =>
      says.length === Object.keys(old).length && says.every(([name, value]) => old[name] === value)
        ? old
        : Object.fromEntries(says),
    );
  };
  const listening = Object.fromEntries(heard.map((name) => [name, hear(name)]));
  const enter: Handler = (event) => {
    (own["onPointerEnter"] as Handler | undefined)?.(event);
    if (event.currentTarget instanceof HTMLElement) setElement(event.currentTarget);
  };
  const shown = cloneElement(button as ReactElement<Props>, { ...said, ...own, ...listening, onPointerEnter: enter });
  const standIn = element === undefined ? undefined : <StandIn element={element} onGiven={take} />;
  return { shown, standIn };
}

interface StandInProps {
  ref?: Ref<HTMLElement>;
  element: HTMLElement;
  onGiven: (given: Props) => void;
}

/** Hands what Radix gives its trigger to the button, which is elsewhere in the tree. */
function StandIn({ ref, element, onGiven, ...given }: StandInProps) {
  useImperativeHandle(ref, () => element, [element]);
  useLayoutEffect(() => onGiven(given));
  return null;
}
