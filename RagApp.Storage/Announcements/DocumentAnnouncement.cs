namespace RagApp.Storage.Announcements;

/// <summary>Says that a document changed, and nothing of what is in it: who wants to know more reads the manifest.</summary>
/// <param name="FormerReaders">The access list it had before a change that took readers away; empty otherwise. Only they may hear that it is gone.</param>
public sealed record DocumentAnnouncement(string Tenant, string DocumentId, IReadOnlyList<string> FormerReaders)
{
    /// <summary>The process that announced it, see <see cref="DocumentAnnouncements.IsOwn"/>.</summary>
    public string? Sender { get; init; }
}
