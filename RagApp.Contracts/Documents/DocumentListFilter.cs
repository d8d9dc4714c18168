namespace RagApp.Contracts.Documents;

/// <summary>Filter and sort order of a list of documents; a null property does not narrow the list.</summary>
/// <param name="Tag">One of the document's tags.</param>
/// <param name="Type">Kind of file, one of <see cref="Search.DocumentTypes"/>.</param>
/// <param name="Source">Place the document came from.</param>
/// <param name="Title">Part of the title; upper and lower case do not matter.</param>
/// <param name="Path">Part of the path; upper and lower case do not matter.</param>
/// <param name="Name">Part of the title or of the path; upper and lower case do not matter.</param>
/// <param name="Status">
/// States as <see cref="DocumentInfo.Status"/> shows them, such as <c>failed</c>; a document matches when it has one of them.
/// </param>
/// <param name="Sort"><see cref="ByName"/>, which is the default, <see cref="ByDate"/> or <see cref="BySize"/>.</param>
/// <param name="Order"><see cref="Ascending"/>, which is the default, or <see cref="Descending"/>.</param>
public sealed record DocumentListFilter(
    string? Tag = null,
    string? Type = null,
    string? Source = null,
    string? Title = null,
    string? Path = null,
    string? Name = null,
    string[]? Status = null,
    string? Sort = null,
    string? Order = null)
{
    /// <summary>Sorts by path, in ordinal order.</summary>
    public const string ByName = "name";

    /// <summary>Sorts by the date that search filters use, see <see cref="DocumentInfo.Date"/>.</summary>
    public const string ByDate = "date";

    /// <summary>Sorts by the size of the newest version's original.</summary>
    public const string BySize = "size";

    public const string Ascending = "asc";

    public const string Descending = "desc";
}
