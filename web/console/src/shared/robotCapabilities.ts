/** What a robot's platform can do, by the words of the gateway protocol; null or none: nothing is known to be missing. */
export interface Capable {
  capabilities: readonly string[] | null;
}

/** Whether the platform is known to lack it, so that it is greyed out. Pictures and links need messages. */
export function lacks(robot: Capable, capability: string): boolean {
  const known = robot.capabilities;
  if (known === null) return false;
  if (!known.includes(capability)) return true;
  return capability.startsWith('room.send.') && !known.includes('room.send');
}
