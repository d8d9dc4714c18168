namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>What does not belong together in store and index.</summary>
internal enum OrphanKind
{
    /// <summary>The index has chunks of a document that the store does not have.</summary>
    ChunksWithoutDocument,

    /// <summary>The index has chunks of a version that is not the answering one.</summary>
    ChunksOfOtherVersion,

    /// <summary>The answering version is not in the index, or not whole.</summary>
    VersionNotIndexed,

    /// <summary>The index has another access list than the manifest.</summary>
    AccessDiffers,

    /// <summary>Chunks have vectors of another model than their index is made with: meaning does not find them.</summary>
    ChunksOfOtherModel,

    /// <summary>A manifest cannot be read.</summary>
    DamagedManifest,

    /// <summary>A document whose path is not in Unicode's normal form C, stored when paths were taken as they came.</summary>
    PathInOtherForm,

    /// <summary>An original that no manifest names.</summary>
    OriginalWithoutDocument,

    /// <summary>Text and vectors of a version that no manifest names.</summary>
    VersionWithoutDocument,

    /// <summary>Vectors of a model that no index is made with.</summary>
    VectorsOfOtherModel,

    /// <summary>A generation of the index that was never finished, or was replaced.</summary>
    IndexGenerationLeft,

    /// <summary>A write into the store that was cut off.</summary>
    UnfinishedWrite,
}
