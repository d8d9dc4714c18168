namespace RagApp.Storage.Journals.Chain;

/// <summary>Receives each segment of a journal after it is written and before its records count as durable.</summary>
internal interface ISegmentChain
{
    /// <param name="folder">Folder of the journal.</param>
    /// <param name="key">Key of the segment.</param>
    /// <param name="sha256">SHA-256 of the segment's bytes, lower-case hex.</param>
    Task AddAsync(string folder, string key, string sha256, int records);
}
