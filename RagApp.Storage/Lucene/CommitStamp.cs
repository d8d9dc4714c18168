using Lucene.Net.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The newest commit of an index as its folder shows it. Two looks that are equal saw the same commit: a commit has a
/// name of its own, grows until it is whole, and one of an index that was built anew in the folder was written later.
/// </summary>
internal sealed record CommitStamp(string Name, long Length, DateTime Written)
{
    /// <exception cref="IOException">The folder or its commit is gone.</exception>
    public static CommitStamp Of(string folder)
    {
        var newest = new DirectoryInfo(folder).EnumerateFiles($"{IndexFileNames.SEGMENTS}_*")
            .MaxBy(file => SegmentInfos.GenerationFromSegmentsFileName(file.Name))
            ?? throw new IndexNotFoundException($"There is no commit in '{folder}'.");
        return new CommitStamp(newest.Name, newest.Length, newest.LastWriteTimeUtc);
    }
}
