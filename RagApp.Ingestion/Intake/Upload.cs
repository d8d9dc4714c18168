using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary>An upload that has arrived whole and is well formed.</summary>
/// <param name="Access">Who may read it; empty when nothing was said.</param>
/// <param name="Source">Where it came from; null when nothing was said.</param>
/// <param name="Tags">Empty when nothing was said.</param>
internal sealed record Upload(
    string Path, IReadOnlyList<string> Access, string? Source, IReadOnlyList<string> Tags, JobPriority Priority, StoredOriginal Original)
{
    /// <summary>Whether it may be taken with that document at its path, or none; null when it may in any case.</summary>
    public Func<DocumentManifest?, bool>? Premise { get; init; }
}
