import { BlockList, isIP } from 'node:net';

/*
 * What the IANA registries of special-purpose addresses name (iana.org/assignments/iana-ipv4-special-registry and
 * iana-ipv6-special-registry): nobody's, this network's, or somebody's own, but no address of the public Internet.
 */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** All of IPv6 that is handed out today, and what is special within it. */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const special = { 4: listOf(SPECIAL_IPV4, 'ipv4'), 6: listOf(SPECIAL_IPV6, 'ipv6') };
const global = listOf(GLOBAL_IPV6, 'ipv6');

/** Whether an address, as text, is one of the public Internet. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special[4].check(address, 'ipv4');
    case 6:
      return global.check(address, 'ipv6') && !special[6].check(address, 'ipv6');
    default:
      return false;
  }
}

function listOf(ranges: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', length] = range.split('/');
    list.addSubnet(network, Number(length), family);
  }
  return list;
}
