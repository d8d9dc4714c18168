namespace RagApp.Benchmarks.Leaks;

/// <summary>A canary: a word that stands in one document and nowhere else, so that it shows where the content of the document gets to.</summary>
/// <param name="Version">Version of the document that has the word; 0 for words of all versions.</param>
internal sealed record PlantedWord(string Word, PlantedPart Part, MadeDocument Document, int Version);

/// <summary>The part of a document that a planted word stands in, which decides who may meet it.</summary>
internal enum PlantedPart
{
    /// <summary>Text and headings of one version.</summary>
    Text,

    /// <summary>Title of one version.</summary>
    Title,

    /// <summary>Path, tag, source and id, which do not change with a version.</summary>
    Record,

    /// <summary>Confidential data of one version, which only the uploader may have, in the original.</summary>
    Redacted,
}
