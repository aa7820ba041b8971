import { Anchor, Button } from '@mantine/core';
import type { AnchorProps, ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

type Native<Own> = Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own> & { ref?: Ref<HTMLAnchorElement> };

/** Links of the router with the looks of the component library: addresses and searches stay type-checked. */
export const RouteAnchor = createLink((props: Native<AnchorProps>): ReactNode => (
  // Inside a sentence colour alone would be the only sign of a link.
  <Anchor underline={props.inherit === true ? 'always' : 'hover'} {...props} />
));
export const RouteButton = createLink((props: Native<ButtonProps>): ReactNode => <Button component="a" {...props} />);
