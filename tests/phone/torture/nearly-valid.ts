import { plainOffer, wire, type Torture } from './message.ts'

/** RFC 4475 3.1.2.11 to 3.1.2.19: lines that can be read, and what stands in them is wrong. */
export const nearlyValidMessages: readonly Torture[] = [
  {
    name: 'escruri',
    section: '3.1.2.11',
    // Headers in a Request-URI are forbidden; SIP.js refuses it as nobody's, the RFC lets an element ignore them.
    fate: 'taken',
    answer: 404,
    text: wire(
      `
INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=341518
Max-Forwards: 7
Contact: <sip:caller@host39923.example.net>
Call-ID: escruri.23940-asdfhj-aje3br-234q098w-fawerh2q-h4n5
CSeq: 149209342 INVITE
Via: SIP/2.0/UDP host-of-the-hour.example.com;branch=z9hG4bKkdjuw
Content-Type: application/sdp
Content-Length: 150
`,
      plainOffer('192.0.2.1'),
    ),
  },
  {
    name: 'baddate',
    section: '3.1.2.12',
    // The phone has no use for Date; the RFC lets an element ignore it.
    fate: 'taken',
    answer: 404,
    text: wire(
      `
INVITE sip:user@example.com SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=2234923
Max-Forwards: 70
Call-ID: baddate.239423mnsadf3j23lj42--sedfnm234
CSeq: 1392934 INVITE
Via: SIP/2.0/UDP host.example.com;branch=z9hG4bKkdjuw
Date: Fri, 01 Jan 2010 16:00:00 EST
Contact: <sip:caller@host5.example.net>
Content-Type: application/sdp
Content-Length: 150
`,
      plainOffer('192.0.2.5'),
    ),
  },
  {
    name: 'regbadct',
    section: '3.1.2.13',
    fate: 'taken',
    answer: null, // SIP.js cannot read the Contact and lets the message go without a word
    text: wire(`
REGISTER sip:example.com SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=998332
Max-Forwards: 70
Call-ID: regbadct.k345asrl3fdbv@10.0.0.1
CSeq: 1 REGISTER
Via: SIP/2.0/UDP 135.180.130.133:5060;branch=z9hG4bKkdjuw
Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E
l: 0
`),
  },
  {
    name: 'badaspec',
    section: '3.1.2.14',
    fate: 'to',
    answer: null,
    text: wire(`
OPTIONS sip:user@example.org SIP/2.0
Via: SIP/2.0/UDP host4.example.com:5060;branch=z9hG4bKkdju43234
Max-Forwards: 70
From: "Bell, Alexander" <sip:a.g.bell@example.com>;tag=433423
To: "Watson, Thomas" < sip:t.watson@example.org >
Call-ID: badaspec.sdf0234n2nds0a099u23h3hnnw009cdkne3
Accept: application/sdp
CSeq: 3923239 OPTIONS
l: 0
`),
  },
  {
    name: 'baddn',
    section: '3.1.2.15',
    fate: 'from',
    answer: null,
    text: wire(`
OPTIONS sip:t.watson@example.org SIP/2.0
Via:     SIP/2.0/UDP c.example.com:5060;branch=z9hG4bKkdjuw
Max-Forwards:      70
From:    Bell, Alexander <sip:a.g.bell@example.com>;tag=43
To:      Watson, Thomas <sip:t.watson@example.org>
Call-ID: baddn.31415@c.example.com
Accept: application/sdp
CSeq:    3923239 OPTIONS
l: 0
`),
  },
  {
    name: 'badvers',
    section: '3.1.2.16',
    fate: 'version',
    answer: null, // the version of its Via is none of ours to repeat
    text: wire(`
OPTIONS sip:t.watson@example.org SIP/7.0
Via:     SIP/7.0/UDP c.example.com;branch=z9hG4bKkdjuw
Max-Forwards:     70
From:    A. Bell <sip:a.g.bell@example.com>;tag=qweoiqpe
To:      T. Watson <sip:t.watson@example.org>
Call-ID: badvers.31417@c.example.com
CSeq:    1 OPTIONS
l: 0
`),
  },
  {
    name: 'mismatch01',
    section: '3.1.2.17',
    fate: 'cseq',
    answer: 400,
    text: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=34525
Max-Forwards: 6
Call-ID: mismatch01.dj0234sxdfl3
CSeq: 8 INVITE
Via: SIP/2.0/UDP host.example.com;branch=z9hG4bKkdjuw
l: 0
`),
  },
  {
    name: 'mismatch02',
    section: '3.1.2.18',
    fate: 'cseq',
    answer: 400,
    text: wire(
      `
NEWMETHOD sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=34525
Max-Forwards: 6
Call-ID: mismatch02.dj0234sxdfl3
CSeq: 8 INVITE
Contact: <sip:caller@host.example.net>
Via: SIP/2.0/UDP host.example.net;branch=z9hG4bKkdjuw
Content-Type: application/sdp
l: 138
`,
      plainOffer('192.0.2.1', '192.0.2.1', '', ''),
    ),
  },
  {
    name: 'bigcode',
    section: '3.1.2.19',
    fate: 'startLine',
    answer: null,
    text: wire(`
SIP/2.0 4294967301 better not break the receiver
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: bigcode.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 353494 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>
`),
  },
]
