using System.CommandLine;
using System.CommandLine.Parsing;
using RagApp.Cli.Estimate;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;

namespace RagApp.Cli.Ingest;

/// <summary>Defines the command <c>ingest</c>: its options and their conversion to settings.</summary>
internal static class IngestCommand
{
    private const string KeyVariable = "RAGAPP_API_KEY";
    private const string ServerVariable = "RAGAPP_SERVER";
    private const string DefaultServer = "http://localhost:8080";
    private const int MostParallel = 32;

    private static readonly Argument<DirectoryInfo> Folder = new("folder") { Description = "The folder whose files are sent, with everything below it." };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = $"Address of the gateway; by default ${ServerVariable}, or {DefaultServer}.",
        HelpName = "URL",
    };

    private static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = $"API key; by default ${KeyVariable}, which is better: other users of the machine can read a command line.",
        HelpName = "KEY",
    };

    private static readonly Option<string[]> Access = new("--access")
    {
        Description = "Who may read the documents: public, group:NAME or user:NAME, repeatable; only you when left out.",
        HelpName = "ENTRY",
    };

    private static readonly Option<string[]> Tag = new("--tag")
    {
        Description = "A tag that the documents get, such as handbook, repeatable.",
        HelpName = "TAG",
    };

    private static readonly Option<string?> Source = new("--source")
    {
        Description = "Where the documents come from, such as confluence; upload when left out.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Prefix = new("--prefix")
    {
        Description = "What the documents' paths begin with; by default the folder's name.",
        HelpName = "PATH",
    };

    private static readonly Option<string[]> Include = new("--include") { Description = "Only files that match, such as *.pdf or reports/**, repeatable.", HelpName = "GLOB" };

    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "No files that match, repeatable.", HelpName = "GLOB" };

    private static readonly Option<int> Parallel = new("--parallel")
    {
        Description = $"Files sent at once, 1 to {MostParallel}.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be sent, and send nothing." };

    private static readonly Option<bool> Estimate = new("--estimate")
    {
        Description = "Read the files here, without a server, and say what they are, which cannot be read, and what embedding them costs.",
    };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "End when all is sent, without waiting until it is indexed." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as one JSON object." };

    public static Command Create()
    {
        Access.Validators.Add(result => RequireAll(result, entries => AccessEntry.TryNormalize(entries, out _, out var error) ? null : error));
        Tag.Validators.Add(result => RequireAll(result, tags => DocumentTag.TryNormalize(tags, out _, out var error) ? null : error));
        Source.Validators.Add(result => Require(result, source => DocumentSource.IsValid(source, out var error) ? null : error));
        Parallel.Validators.Add(result => Require(result, text =>
            int.TryParse(text, out var number) && number is >= 1 and <= MostParallel ? null : $"--parallel lies between 1 and {MostParallel}."));
        var command = new Command(
            "ingest",
            "Sends a folder of documents and waits until they are indexed. What the server has with the same bytes is not sent again, "
            + "so that an interrupted run is taken up by running it again. Hidden and empty files, and links to folders, are left out.\n\n"
            + "Exit code: 0 all is indexed, 1 some files failed, 2 nothing could be done, 64 wrong usage, 130 interrupted.")
        {
            Folder, Server, ApiKey, Access, Tag, Source, Prefix, Include, Exclude, Parallel, DryRun, Estimate, NoWait, Json,
        };
        command.Validators.Add(result =>
        {
            if (ServerProblem(AddressOf(result.GetValue(Server))) is { } error)
                result.AddError(error);
        });
        command.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(Estimate) ? EstimateRun.ExecuteAsync(Read(parsed), cancellationToken) : IngestRun.ExecuteAsync(Read(parsed), cancellationToken));
        return command;
    }

    private static IngestSettings Read(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(Folder);
        return new IngestSettings(
            folder,
            new Uri(AddressOf(parsed.GetValue(Server)).TrimEnd('/') + '/'),
            parsed.GetValue(ApiKey) ?? Environment.GetEnvironmentVariable(KeyVariable) ?? "",
            [.. (parsed.GetValue(Access) ?? []).Distinct(StringComparer.Ordinal)],
            [.. (parsed.GetValue(Tag) ?? []).Distinct(StringComparer.Ordinal)],
            parsed.GetValue(Source),
            (parsed.GetValue(Prefix) ?? folder.Name).Replace('\\', '/').Trim('/'),
            parsed.GetValue(Include) ?? [],
            parsed.GetValue(Exclude) ?? [],
            parsed.GetRequiredValue(Parallel),
            parsed.GetValue(DryRun),
            parsed.GetValue(Estimate),
            !parsed.GetValue(NoWait),
            parsed.GetValue(Json));
    }

    private static string AddressOf(string? given) => given ?? Environment.GetEnvironmentVariable(ServerVariable) ?? DefaultServer;

    private static void Require(OptionResult result, Func<string, string?> problem)
    {
        foreach (var token in result.Tokens)
        {
            if (problem(token.Value) is { } error)
                result.AddError(error);
        }
    }

    private static void RequireAll(OptionResult result, Func<IEnumerable<string>, string?> problem)
    {
        if (problem(result.Tokens.Select(token => token.Value)) is { } error)
            result.AddError(error);
    }

    private static string? ServerProblem(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? null
            : $"'{address}' is no address: write it like https://ragapp.example.com.";
}
