using Lucene.Net.Index;

namespace RagApp.Storage.Lucene.Writing;

/// <summary>
/// Identifies the newest commit of an index by its file's name, length and time; equal stamps mean the same commit. A new
/// commit has a new name, an unfinished one is shorter, and one of an index rebuilt in the same folder was written later.
/// </summary>
internal sealed record CommitStamp(string Name, long Length, DateTime Written)
{
    /// <exception cref="IOException">The folder or its commit does not exist.</exception>
    public static CommitStamp Of(string folder)
    {
        var newest = new DirectoryInfo(folder).EnumerateFiles($"{IndexFileNames.SEGMENTS}_*")
            .MaxBy(file => SegmentInfos.GenerationFromSegmentsFileName(file.Name))
            ?? throw new IndexNotFoundException($"There is no commit in '{folder}'.");
        return new CommitStamp(newest.Name, newest.Length, newest.LastWriteTimeUtc);
    }
}
