namespace RagApp.Contracts.Documents;

/// <summary>
/// Names of the events of <c>GET /documents/events</c>. A feed begins with <see cref="Resync"/>, so that whoever
/// lists the documents then and follows the feed from there misses nothing.
/// </summary>
public static class DocumentEvents
{
    /// <summary>A document as it is now, a <see cref="DocumentInfo"/>. Of several changes in half a second the last is told.</summary>
    public const string Changed = "document";

    /// <summary>A <see cref="RemovedDocument"/>: it was deleted, or may not be read any more.</summary>
    public const string Removed = "removed";

    /// <summary>Changes before this one may not have been told: list the documents. Carries <c>{}</c>.</summary>
    public const string Resync = "resync";

    /// <summary>A <see cref="ClosedFeed"/>, the last event.</summary>
    public const string Closed = "closed";
}

/// <summary>Data of a <c>removed</c> event.</summary>
public sealed record RemovedDocument(string Id);

/// <summary>Data of a <c>closed</c> event.</summary>
/// <param name="Reason">Why the feed ends, in a sentence.</param>
/// <param name="RetryAfter">Seconds after which following again makes sense.</param>
public sealed record ClosedFeed(string Reason, int RetryAfter);
