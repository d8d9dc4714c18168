namespace RagApp.Benchmarks.Leaks;

/// <summary>
/// People and documents of three tenants. Names of tenants, people and groups differ only by case, by Unicode form or by tenant wherever they can,
/// since such names must stay different.
/// </summary>
internal sealed class MadeWorld
{
    private static readonly string[] Tenants = ["acme", "Acme", "globex"];
    private static readonly string[] GroupNames = ["staff", "Staff", "finance", "b\u00F6rse", "bo\u0308rse"];

    private readonly Random _random;

    public MadeWorld(int seed)
    {
        _random = new Random(seed);
        Words = new PlantedWords(_random);
        Content = new MadeContent(Words);
        People = [.. Tenants.SelectMany(tenant => (MadePerson[])
        [
            new(tenant, "ada", "staff"), new(tenant, "Ada", "Staff"), new(tenant, "bob", "finance", "b\u00F6rse"), new(tenant, "eve", "bo\u0308rse"),
            new(tenant, "staff"), new(tenant, "group:finance"),
        ])];
    }

    public PlantedWords Words { get; }

    public MadeContent Content { get; }

    public IReadOnlyList<MadePerson> People { get; }

    /// <summary>All documents that were ever made, files in archives too.</summary>
    public List<MadeDocument> Documents { get; } = [];

    /// <summary>A new document at a new path, at the path of a document of another tenant, or at that of a deleted one.</summary>
    public MadeDocument NewDocument(MadePerson uploader, params IReadOnlyList<string> access)
    {
        var path = AnyPath(uploader);
        var document = new MadeDocument(uploader.Tenant, path, uploader.Subject) { Tag = Words.NewWord(), Source = Words.NewWord() };
        document.Share(access.Count == 0 ? AnyAccess() : access);
        Documents.Add(document);
        Content.PlantRecord(document, document.Name, document.Tag, document.Source);
        return document;
    }

    public IReadOnlyList<string> AnyAccess() => _random.Next(8) switch
    {
        0 => ["public"],
        1 or 2 => [$"user:{Any(People).Subject}"],
        3 => [$"group:{Any(GroupNames)}", $"user:{Any(People).Subject}"],
        4 => [$"group:{Any(GroupNames)}", $"group:{Any(GroupNames)}"],
        _ => [$"group:{Any(GroupNames)}"],
    };

    public string AnyGroup() => Any(GroupNames);

    public T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>True once in <paramref name="times"/> times.</summary>
    public bool Once(int times) => _random.Next(times) == 0;

    public int Number(int below) => _random.Next(below);

    /// <summary>The uploads that exist, or those of them that match.</summary>
    public List<MadeDocument> Uploads(Func<MadeDocument, bool>? match = null) =>
        [.. Documents.Where(document => !document.IsMember && !document.IsDeleted && (match is null || match(document)))];

    /// <summary>The person who uploaded the document.</summary>
    public MadePerson UploaderOf(MadeDocument document) => People.First(person => Rights.IsUploader(person, document));

    private string AnyPath(MadePerson uploader)
    {
        var taken = Documents.Where(document => document.Tenant == uploader.Tenant && !document.IsDeleted).Select(document => document.Path).ToHashSet(StringComparer.Ordinal);
        var free = Documents.Where(document => !document.IsMember && document.Latest.Kind != MadeKind.Archive && !taken.Contains(document.Path)).ToList();
        return free.Count > 0 && Once(3) ? Any(free).Path : $"{MadeContent.PathStart}/{Words.NewWord()}{MadeContent.Extension}";
    }
}
