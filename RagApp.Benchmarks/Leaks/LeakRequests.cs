using System.Text.Json.Nodes;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Makes the requests of a person: by the surfaces that are known, and by every route for reading that the OpenAPI document has.</summary>
/// <param name="routes">Paths of the OpenAPI document that take GET; a route that is added later is asked without a change here.</param>
internal sealed class LeakRequests(MadeWorld world, IReadOnlyList<string> routes)
{
    private const string Id = "{id}";
    private const int Most = 100;
    private static readonly string[] Modes = ["keyword", "semantic", "hybrid"];

    /// <summary>Paths that take GET. The feed of changes is left out: its response does not end, and it is looked at by itself.</summary>
    public static IReadOnlyList<string> RoutesOf(JsonNode openApi) =>
    [
        .. openApi["paths"]!.AsObject()
            .Where(path => path.Value!["get"] is not null && !path.Key.EndsWith("/events", StringComparison.Ordinal))
            .Select(path => path.Key.TrimStart('/')),
    ];

    /// <summary>Requests for one version of a document.</summary>
    public IEnumerable<LeakRequest> About(MadePerson person, MadeDocument document, MadeVersion version) =>
        [.. Searches(person, document, version), .. Answers(version).Select(request => request with { AimedAt = document }), .. Lists(person, document), .. OfDocument(person, document), .. Changes(person, document)];

    /// <summary>Requests that reach everything that the person may read.</summary>
    public IEnumerable<LeakRequest> ForAll(MadePerson person)
    {
        string[] seen = [.. world.Documents.Where(document => Rights.MaySee(person, document)).Select(document => document.Name)];
        foreach (var mode in Modes)
            yield return Post($"search, {mode}", "v1/search", new JsonObject { ["query"] = MadeContent.BroadQuestion, ["mode"] = mode, ["top"] = Most });
        foreach (var order in (string[])["name", "date", "size"])
            yield return Get("lists", $"v1/documents?limit=1000&sort={order}") with { Expected = seen };
        foreach (var status in (string[])["quarantined", "failed", "indexed"])
            yield return Get("lists", $"v1/documents?limit=1000&status={status}");
        yield return Get("lists", $"v1/documents?limit=1000&name={MadeContent.PathStart}") with { Expected = seen };
        yield return Answer("answers by quotes", MadeContent.BroadQuestion);
        yield return Answer("answers by a model", MadeContent.BroadQuestion) with { IsToModel = true };
        yield return Agentic(MadeContent.BroadQuestion);
        yield return Post("chat completions", "v1/chat/completions", new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = MadeContent.BroadQuestion }),
        }) with { IsToModel = true };
        foreach (var route in routes.Where(route => !route.Contains(Id, StringComparison.Ordinal)))
            yield return Get("other routes", route);
    }

    /// <summary>Requests whose replies must not change when documents change that the person may not see.</summary>
    public IEnumerable<LeakRequest> Unaffected(MadePerson person, MadeDocument document)
    {
        foreach (var mode in Modes)
            yield return Post("counts and scores", "v1/search", new JsonObject { ["query"] = MadeContent.BroadQuestion, ["mode"] = mode, ["top"] = Most });
        yield return Post("counts and scores", "v1/search", new JsonObject { ["query"] = $"code word {world.Words.Mistyped(document.Name)}", ["top"] = Most });
        yield return Post("counts and scores", "v1/search", new JsonObject { ["query"] = "documents of 2027 tagged register", ["top"] = Most });
        yield return Get("counts and scores", "v1/documents?limit=1000");
        yield return Get("counts and scores", "v1/glossary");
    }

    private IEnumerable<LeakRequest> Searches(MadePerson person, MadeDocument document, MadeVersion version)
    {
        var question = MadeContent.QuestionAbout(version.Keyword);
        string[] expected = Rights.MayRead(person, document) && version.Number == document.Searchable && version.Kind != MadeKind.Archive ? [version.Text] : [];
        foreach (var mode in Modes)
            yield return Search($"search, {mode}", question, filter: null, mode) with { Expected = mode == "semantic" ? [] : expected };
        yield return Search("search, filtered", question, new JsonObject { ["documents"] = new JsonArray(document.Id) }) with { Expected = expected };
        yield return Search("search, filtered", MadeContent.BroadQuestion, new JsonObject { ["documents"] = new JsonArray(document.Id) });
        yield return Search("search, filtered", MadeContent.BroadQuestion, new JsonObject { ["tags"] = new JsonArray(document.Upload.Tag) });
        yield return Search("search, filtered", MadeContent.BroadQuestion, new JsonObject { ["sources"] = new JsonArray(document.Upload.Source) });
        foreach (var word in version.Words.Where(word => word.Part != PlantedPart.Redacted).Select(word => word.Word).Append(document.Name))
            yield return Search("spelling", $"code word {world.Words.Mistyped(word)}", filter: null);

        LeakRequest Search(string surface, string query, JsonObject? filter, string? mode = null) =>
            Post(surface, "v1/search", new JsonObject { ["query"] = query, ["top"] = Most, ["filters"] = filter, ["mode"] = mode }) with { AimedAt = document };
    }

    private IEnumerable<LeakRequest> Answers(MadeVersion version)
    {
        var question = MadeContent.QuestionAbout(version.Keyword);
        var history = new JsonArray(
            new JsonObject { ["role"] = "user", ["text"] = question }, new JsonObject { ["role"] = "assistant", ["text"] = "It opens the harbour warehouse." });
        yield return Answer("answers by quotes", question);
        yield return world.Once(2) ? Answer("answers by a model", question) with { IsToModel = true } : Agentic(question);
        if (world.Once(3))
            yield return Post("answers by quotes", "v1/answers", new JsonObject { ["question"] = "And what is it called?", ["history"] = history, ["stream"] = true });
    }

    private static IEnumerable<LeakRequest> Lists(MadePerson person, MadeDocument document)
    {
        string[] expected = Rights.MaySee(person, document) ? [document.Name] : [];
        foreach (var filter in (string[])[$"name={document.Name[1..^1]}", $"path={document.Name[1..^1]}", $"tag={document.Upload.Tag}", $"source={document.Upload.Source}"])
            yield return Get("lists", $"v1/documents?limit=1000&{filter}") with { AimedAt = document, Expected = expected };
        yield return Post("look-up by path", "v1/documents/lookup", new JsonObject { ["paths"] = new JsonArray(document.Path) }) with
        {
            AimedAt = document, IsOfOneDocument = true, Expected = Rights.MaySee(person, document) ? [document.Upload.Source] : [],
        };
    }

    private IEnumerable<LeakRequest> OfDocument(MadePerson person, MadeDocument document)
    {
        foreach (var route in routes.Where(route => route.StartsWith("v1/documents/", StringComparison.Ordinal) && route.Contains(Id, StringComparison.Ordinal)))
        {
            var request = Get(SurfaceOf(route), route.Replace(Id, document.Id, StringComparison.Ordinal)) with { AimedAt = document, IsOfOneDocument = true };
            var isText = route.EndsWith("/text", StringComparison.Ordinal) && Rights.MayRead(person, document) && document is { IsMember: false, Searchable: { } number }
                && document.Versions[number - 1].Kind != MadeKind.Archive;
            yield return isText ? request with { Expected = [document.Versions[document.Searchable!.Value - 1].Text] } : request;
        }
    }

    /// <summary>Changes that are refused, for the sentences of the refusals.</summary>
    private static IEnumerable<LeakRequest> Changes(MadePerson person, MadeDocument document)
    {
        if (Rights.IsUploader(person, document))
            yield break;
        yield return Refused(HttpMethod.Put, "/access", new JsonObject { ["access"] = new JsonArray("public") });
        yield return Refused(HttpMethod.Put, "/tags", new JsonObject { ["tags"] = new JsonArray("mine") });
        yield return Refused(HttpMethod.Delete, "", body: null);

        LeakRequest Refused(HttpMethod method, string what, JsonObject? body) =>
            new("refusals", method, $"v1/documents/{document.Id}{what}", body) { AimedAt = document, IsOfOneDocument = true };
    }

    private static string SurfaceOf(string route) => $"document{route["v1/documents/{id}".Length..]}";

    private static LeakRequest Answer(string surface, string question) => Post(surface, "v1/answers", new JsonObject { ["question"] = question, ["stream"] = true });

    private static LeakRequest Agentic(string question) =>
        Post("answers of an agentic search", "v1/answers", new JsonObject { ["question"] = question, ["stream"] = true, ["mode"] = "agentic" }) with { IsToModel = true };

    private static LeakRequest Get(string surface, string path) => new(surface, HttpMethod.Get, path);

    private static LeakRequest Post(string surface, string path, JsonObject body) => new(surface, HttpMethod.Post, path, body);
}
