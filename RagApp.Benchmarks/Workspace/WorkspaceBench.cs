using System.Security.Cryptography;
using System.Text;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;

namespace RagApp.Benchmarks.Workspace;

/// <summary>The files of a workspace in the real services, and two people who ask: one is in all groups, the other in none.</summary>
internal sealed class WorkspaceBench : IDisposable
{
    private const string MemberKey = "key-of-a-person-in-all-groups";
    private const string StrangerKey = "key-of-a-person-in-no-group";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly WorkspaceSet _set;
    private readonly RagAppServices _services;
    private readonly GatewayClient _member;
    private readonly GatewayClient _stranger;

    private WorkspaceBench(WorkspaceSet set, RagAppServices services)
    {
        _set = set;
        _services = services;
        _member = new GatewayClient(services.Gateway, MemberKey);
        _stranger = new GatewayClient(services.Gateway, StrangerKey);
    }

    public static async Task<WorkspaceBench> StartAsync(WorkspaceSet set, string dataPath, CancellationToken cancellationToken) => new(
        set, await RagAppServices.StartAsync(dataPath, [.. Person(0, "member", MemberKey, set.Groups), .. Person(1, "stranger", StrangerKey, [])], cancellationToken));

    /// <summary>Uploads the files that the data folder does not have yet; returns their number.</summary>
    public async Task<int> UploadAsync(CancellationToken cancellationToken)
    {
        var uploaded = 0;
        foreach (var (file, known) in _set.Files.Zip(await LookUpAsync(cancellationToken)))
        {
            await using var content = File.OpenRead(file.FullPath);
            if (known?.Sha256 == Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)))
                continue;
            content.Position = 0;
            await _member.UploadAsync(file.Path, file.Access, content, cancellationToken);
            uploaded++;
        }
        return uploaded;
    }

    /// <summary>Waits until all files are processed, and returns their documents.</summary>
    /// <param name="progress">Is told how many files are processed.</param>
    public async Task<IReadOnlyList<DocumentInfo>> SettleAsync(IProgress<int> progress, CancellationToken cancellationToken)
    {
        for (var reported = -1; ;)
        {
            var documents = (await LookUpAsync(cancellationToken)).OfType<DocumentInfo>().ToList();
            var done = documents.Count(document => document.Status.IsFinal());
            if (done != reported)
                progress.Report(reported = done);
            if (done == _set.Files.Count)
                return documents;
            await Task.Delay(Look, _time, cancellationToken);
        }
    }

    /// <summary>Asks the question as a person who may read all files.</summary>
    public async Task<JudgedAnswer> AskAsync(WorkspaceQuestion question, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var answer = await AskAsync(_member, question, cancellationToken);
        return JudgedAnswer.Of(question, answer, _time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>True when a person in no group, who asks the question, is shown a document that this person may not read.</summary>
    public async Task<bool> LeaksAsync(WorkspaceQuestion question, CancellationToken cancellationToken) =>
        (await AskAsync(_stranger, question, cancellationToken)).Citations.Any(citation => !_set.IsPublic(citation.Path));

    public void Dispose()
    {
        _member.Dispose();
        _stranger.Dispose();
        _services.Dispose();
    }

    private Task<IReadOnlyList<DocumentInfo?>> LookUpAsync(CancellationToken cancellationToken) =>
        _member.LookUpAsync([.. _set.Files.Select(file => file.Path)], cancellationToken);

    private static async Task<AnswerResponse> AskAsync(GatewayClient person, WorkspaceQuestion question, CancellationToken cancellationToken)
    {
        var request = new AnswerRequest(question.Question)
        {
            History = question.History is { } turns
                ? [.. turns.SelectMany(turn => (SearchMessage[])[new(SearchRole.User, turn.Question), new(SearchRole.Assistant, turn.Answer)])]
                : null,
        };
        try
        {
            return await person.AskAsync(request, cancellationToken);
        }
        catch (ApiException exception)
        {
            throw new InvalidOperationException($"The gateway refuses question {question.Id}: {exception.Message}", exception);
        }
    }

    /// <summary>Settings of the gateway for one API key.</summary>
    private static IEnumerable<string> Person(int number, string subject, string key, IReadOnlyList<string> groups) =>
    [
        $"--ApiKeys:{number}:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}",
        $"--ApiKeys:{number}:Tenant=workspace", $"--ApiKeys:{number}:Subject={subject}",
        .. groups.Select((group, at) => $"--ApiKeys:{number}:Groups:{at}={group}"),
    ];
}
