namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>A kind of inconsistency between the store and the index, or of leftovers in either.</summary>
internal enum OrphanKind
{
    /// <summary>The index has chunks of a document that the store does not have.</summary>
    ChunksWithoutDocument,

    /// <summary>The index has chunks of a version that is not the searchable one.</summary>
    ChunksOfOtherVersion,

    /// <summary>The searchable version is missing from the index, wholly or in part.</summary>
    VersionNotIndexed,

    /// <summary>The access list in the index differs from the one in the manifest.</summary>
    AccessDiffers,

    /// <summary>Chunks have vectors of another model than the index, so vector search does not find them.</summary>
    ChunksOfOtherModel,

    /// <summary>A manifest cannot be read.</summary>
    DamagedManifest,

    /// <summary>A document whose path is not in Unicode normal form C; an early version stored paths unnormalized.</summary>
    PathInOtherForm,

    /// <summary>An original that no manifest names.</summary>
    OriginalWithoutDocument,

    /// <summary>Text and vectors of a version that no manifest names.</summary>
    VersionWithoutDocument,

    /// <summary>Vectors of a model that no index uses.</summary>
    VectorsOfOtherModel,

    /// <summary>A generation of the index that was never finished, or that was replaced.</summary>
    IndexGenerationLeft,

    /// <summary>An interrupted write into the store.</summary>
    UnfinishedWrite,
}
