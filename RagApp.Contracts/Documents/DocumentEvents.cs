namespace RagApp.Contracts.Documents;

/// <summary>
/// Names of the events of <c>GET /documents/events</c>. A feed begins with <see cref="Resync"/>: a client that lists the
/// documents at that moment and then follows the feed misses no change.
/// </summary>
public static class DocumentEvents
{
    /// <summary>A document's current state, a <see cref="DocumentInfo"/>. Of several changes within half a second only the last is sent.</summary>
    public const string Changed = "document";

    /// <summary>A <see cref="RemovedDocument"/>: the document was deleted, or the caller may no longer read it.</summary>
    public const string Removed = "removed";

    /// <summary>
    /// Tells the client to list the documents again, because changes before this event may not have been sent. Its data is
    /// <c>{}</c>.
    /// </summary>
    public const string Resync = "resync";

    /// <summary>A <see cref="ClosedFeed"/>, the last event of a feed.</summary>
    public const string Closed = "closed";
}

/// <summary>Data of a <c>removed</c> event.</summary>
public sealed record RemovedDocument(string Id);

/// <summary>Data of a <c>closed</c> event.</summary>
/// <param name="Reason">Sentence that says why the feed ends.</param>
/// <param name="RetryAfter">Number of seconds to wait before following the feed again.</param>
public sealed record ClosedFeed(string Reason, int RetryAfter);
