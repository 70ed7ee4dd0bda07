// Synthetic Welkin patients, the same on every run: about 900 bytes each, fields in the order of the reference.

const firstNames = ["Ada", "Bela", "José", "Devon", "Emre", "Farah", "Grace", "Zoë", "Imani", "Jun"];
const lastNames = ["Osei", "Example", "Núñez", "Sample", "Okafor", "Lindqvist", "Tanaka"];
const cities = ["Springfield", "Riverton", "Fairview", "Lakeside"];
const genders = ["UNKNOWN", "MALE", "FEMALE", "OTHER"];
const zones = ["America/Los_Angeles", "America/New_York", "America/Chicago"];

const pick = (values, index) => values[index % values.length];
const uuid = (block, index) => `00000000-0000-4000-8${block}-${index.toString(16).padStart(12, "0")}`;
const digits = (value, length) => String(value).padStart(length, "0");

/** Patient number `index`. */
export function patient(index) {
  const firstName = pick(firstNames, index);
  const lastName = pick(lastNames, index);
  const day = digits((index % 28) + 1, 2);
  const month = digits((index % 12) + 1, 2);
  return {
    id: uuid("000", index),
    externalGuid: null,
    externalId: index % 3 === 0 ? `EXT-${digits(index, 6)}` : null,
    mrn: `MRN-${digits(index, 7)}`,
    createdAt: `2026-${month}-${day}T15:04:05.${digits(index % 1000, 3)}Z`,
    updatedAt: `2026-${month}-${day}T16:04:05.${digits(index % 1000, 3)}Z`,
    createdBy: uuid("001", index % 12),
    updatedBy: uuid("001", index % 7),
    firstName,
    lastName,
    middleName: index % 4 === 0 ? "Sample" : null,
    birthDate: `${1940 + (index % 70)}-${month}-${day}T00:00:00.000Z`,
    gender: pick(genders, index),
    maritalStatus: "UKN",
    primaryLanguage: "ENGLISH",
    secondaryLanguage: null,
    email: `patient.${index}@example.org`,
    phone: `+1555555${digits(100 + (index % 100), 4)}`,
    country: "US",
    state: "CA",
    city: pick(cities, index),
    zip: digits(10000 + (index % 80000), 5),
    addressLine1: `${1 + (index % 900)} Example Street`,
    addressLine2: index % 5 === 0 ? "Unit 2" : null,
    timezone: pick(zones, index),
    patientTerritories: index % 2 === 0 ? [{ name: "west", territories: ["north-bay"] }] : [],
    careTeamMembers: [{ id: uuid("001", index % 12), pointOfContact: true }],
    pointOfContact: { id: uuid("001", index % 12), pointOfContact: true },
    patientPrograms: [],
    cadence: [],
  };
}

/** The first page of a patient list, as Spring Data sends it. */
export function patientPage(size) {
  return {
    content: Array.from({ length: size }, (_, index) => patient(index)),
    pageable: {
      sort: { sorted: false, unsorted: true, empty: true },
      pageNumber: 0,
      pageSize: size,
      offset: 0,
      paged: true,
      unpaged: false,
    },
    last: true,
    totalElements: size,
    totalPages: 1,
    first: true,
    number: 0,
    numberOfElements: size,
    size,
    sort: { sorted: false, unsorted: true, empty: true },
    empty: false,
  };
}

/** A value as the bytes of a reply body. */
export const toBytes = (value) => new TextEncoder().encode(JSON.stringify(value));
