/*
 * `wrangler.toml` puts this in the place of the parts of hyparquet-writer, and of hyparquet on which it stands, that are
 * for what no file of ours has: variants, geometries, delta encodings and bloom filters. They would be a fortieth of the
 * bundle. See docs/decisions/0016-old-events-move-to-parquet.md.
 */
const refused = () => {
  throw new Error('this Parquet writer is for plain columns');
};

// variant.js
// wkb.js and geospatial.js
// delta.js
// bloom.js
export {
  refused as autoDetectShredding,
  refused as decodeVariantColumn,
  refused as encodeVariantColumn,
  refused as normalizeShreddingConfig,
  refused as geojsonToWkb,
  refused as geospatialStatistics,
  refused as wkbToGeojson,
  refused as deltaBinaryPack,
  refused as deltaBinaryUnpack,
  refused as deltaByteArray,
  refused as deltaLengthByteArray,
  refused as BloomBuilder,
  refused as bloomEligibleColumns,
  refused as hashParquetValue,
  refused as readBloomFilter,
  refused as sbbfContains,
};

/** Of bloom.js, called for every file: there are none to write. */
export const writeBlooms = () => {};
