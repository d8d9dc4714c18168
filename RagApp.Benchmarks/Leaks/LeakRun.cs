using System.Net.ServerSentEvents;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Leaks;

/// <summary>
/// One run: documents of several tenants, then changes one after the other. Before each change somebody who may read the document asks for it, so that
/// caches are warm; after it, people ask who may not, or may no longer, and people who may.
/// </summary>
internal sealed partial class LeakRun(MadeWorld world, LeakServices services, LeakClient client, LeakTally tally, LeakRequests requests, WatchedTelemetry telemetry)
{
    private const int AtOnce = 4;
    private const int MostLosers = 3;
    private const int StepsOfRound = 6;
    private const int PeopleOfRound = 4;
    private const int HiddenChanges = 2;

    private readonly DocumentHistory _history = new(world, services, client);

    /// <summary>Uploads the first documents.</summary>
    public async Task FillAsync(int documents, CancellationToken cancellationToken)
    {
        for (var count = 0; count < documents; count++)
            await _history.UploadAsync(world.Any(world.People), cancellationToken);
    }

    /// <summary>Changes and asks until the number of cases is reached.</summary>
    public async Task RunAsync(long cases, IProgress<long> progress, CancellationToken cancellationToken)
    {
        for (var step = 0; tally.Cases < cases; step++)
        {
            await StepAsync(cancellationToken);
            if (step % StepsOfRound == 0)
                await RoundAsync(cancellationToken);
            telemetry.ReadSpans();
            progress.Report(tally.Cases);
        }
    }

    /// <summary>Several people ask for everything; then one follows the changes of others, and one looks for their traces in counts.</summary>
    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; count < PeopleOfRound; count++)
        {
            var person = world.Any(world.People);
            await AskAsync(person, requests.ForAll(person), cancellationToken);
        }
        await FollowAsync(world.Any(world.People), cancellationToken);
        await CompareAsync(world.Any(world.People), cancellationToken);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var change = _history.Next();
        List<MadePerson> readers = [];
        if (change.Document is { } known)
        {
            readers = [.. world.People.Where(person => Rights.MayRead(person, known))];
            if (readers.Count > 0)
                await AskAboutAsync(world.Any(readers), known, cancellationToken);
        }
        var document = await change.ApplyAsync(cancellationToken);
        var losers = readers.Where(person => !Rights.MayRead(person, document)).Take(MostLosers);
        foreach (var person in losers.Append(world.Any(world.People)).Append(world.Any(world.People)).Distinct().ToList())
            await AskAboutAsync(person, document, cancellationToken);
        if (document.Members.Count > 0)
            await AskAboutAsync(world.Any(world.People), world.Any(document.Members), cancellationToken);
    }

    private async Task AskAboutAsync(MadePerson person, MadeDocument document, CancellationToken cancellationToken)
    {
        await AskAsync(person, requests.About(person, document, world.Any(document.Versions)), cancellationToken);
        if (document.IsDeleted || person.Tenant != document.Tenant || Rights.IsUploader(person, document) || document.IsMember)
            return;
        var upload = new LeakRequest("refusals", HttpMethod.Post, $"v1/documents {document.Path}") { AimedAt = document, IsOfOneDocument = true };
        tally.Judge(person, upload, await client.UploadToAsync(person, document, cancellationToken));
    }

    private Task AskAsync(MadePerson person, IEnumerable<LeakRequest> all, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all.ToList(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (request, cancelled) => tally.Judge(person, request, await client.SendAsync(person, request, cancelled)));

    /// <summary>Reads the feed of a person while documents change that others read, until one comes that the person reads.</summary>
    private async Task FollowAsync(MadePerson person, CancellationToken cancellationToken)
    {
        var request = new LeakRequest("feed of changes", HttpMethod.Get, "v1/documents/events");
        using var response = await client.OpenAsync(person, request, cancellationToken);
        for (var count = 0; count < HiddenChanges; count++)
            await HideAsync(person, cancellationToken);
        var last = await _history.UploadAsync(person, cancellationToken, $"user:{person.Subject}");
        var text = new StringBuilder();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            text.Append(item.EventType == "removed" ? "" : item.Data);
            if (item.Data.Contains(last.Id, StringComparison.Ordinal))
                break;
        }
        tally.Judge(person, request with { Expected = [last.Name] }, new LeakReply((int)response.StatusCode, text.ToString()));
    }

    /// <summary>Compares what a person is told before and after changes of documents that this person does not see.</summary>
    private async Task CompareAsync(MadePerson person, CancellationToken cancellationToken)
    {
        var hidden = await HideAsync(person, cancellationToken);
        var asked = requests.Unaffected(person, hidden).ToList();
        var before = new List<string>();
        foreach (var request in asked)
            before.Add(await TextOfAsync(person, request, cancellationToken));
        await _history.DeleteAsync(hidden, cancellationToken);
        await HideAsync(person, cancellationToken);
        foreach (var (request, text) in asked.Zip(before))
            tally.Compare(person, request, text, await TextOfAsync(person, request, cancellationToken));
    }

    /// <summary>Uploads a document of somebody else in the person's tenant, which the person may not see.</summary>
    private Task<MadeDocument> HideAsync(MadePerson person, CancellationToken cancellationToken)
    {
        var other = world.Any([.. world.People.Where(each => each.Tenant == person.Tenant && each.Subject != person.Subject)]);
        return _history.UploadAsync(other, cancellationToken, $"user:{other.Subject}");
    }

    /// <summary>The body of a reply without the id of its trace.</summary>
    private async Task<string> TextOfAsync(MadePerson person, LeakRequest request, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(person, request, cancellationToken);
        tally.Judge(person, request, reply);
        return TraceId().Replace(reply.Text[(reply.Text.IndexOf("\n{", StringComparison.Ordinal) + 1)..], "");
    }

    [GeneratedRegex("\"traceId\":\"[0-9a-f]+\"", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex TraceId();
}
