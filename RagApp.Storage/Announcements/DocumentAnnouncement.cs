namespace RagApp.Storage.Announcements;

/// <summary>Announces that a document changed, without its content: a listener reads the manifest for the details.</summary>
/// <param name="FormerReaders">
/// The access list before a change that removed readers, empty otherwise: only these readers may learn that they lost the
/// document.
/// </param>
public sealed record DocumentAnnouncement(string Tenant, string DocumentId, IReadOnlyList<string> FormerReaders)
{
    /// <summary>Id of the process that sent the announcement, see <see cref="DocumentAnnouncements.IsOwn"/>.</summary>
    public string? Sender { get; init; }
}
