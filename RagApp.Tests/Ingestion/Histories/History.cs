using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using static RagApp.Tests.Ingestion.Histories.Watch;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// One random history. Two users upload, share, delete and take over the same few paths, mostly one of them; each user does
/// one thing at a time. Meanwhile two workers and the recovery run, and the process may crash; sometimes all other work is
/// suspended while the users act. After every step, nobody can read a word that its owner has not shared with them. At the
/// end every existing document is found complete, and nothing of any other document is found.
/// </summary>
internal sealed class History : IDisposable
{
    private const int MostRoundsAtTheEnd = 100;

    private static readonly string[] Paths = ["all.zip", "all.zip/one.txt", "all.zip/two.zip", "note.txt"];
    private static readonly string[][] Lists = [["public"], ["group:staff"], ["user:alice"], ["user:bob"]];

    private readonly int _seed;
    private readonly Random _random;
    private readonly SteppedService _service = new();
    private readonly List<Claim> _claims = [];
    private readonly Watch _watch;
    private readonly List<Task<bool>> _doing = [];
    private readonly List<string> _told = [];
    private readonly HashSet<Principal> _acting = [];
    private readonly string _contested;
    private int _words;
    private int _steps;

    public History(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _watch = new Watch(_service, _claims);
        _contested = Paths[_random.Next(Paths.Length)];
    }

    public int Steps => _steps;

    public void Run()
    {
        try
        {
            for (var round = _random.Next(2, 6); round > 0; round--)
                Round();
            Finish();
            _watch.Compare();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"History {_seed}:\n{string.Join('\n', _told)}", exception);
        }
    }

    public void Dispose() => _service.Dispose();

    private void Round()
    {
        if (_random.Next(2) == 0)
            ActWhileAllElseStands();
        Begin(Alice);
        Begin(Bob);
        var most = _random.Next(20, 400);
        var from = _steps;
        RunUntil(() => _doing.TrueForAll(task => task.IsCompleted) || _steps - from > most);
        switch (_random.Next(4))
        {
            case 0:
                Crash();
                break;
            case 1:
                break; // the next round begins while this round's work is in progress
            default:
                RunUntil(() => _doing.TrueForAll(task => task.IsCompleted));
                break;
        }
    }

    /// <summary>Suspends all work in progress while each user does one more thing, as far as that is possible without the suspended work.</summary>
    private void ActWhileAllElseStands()
    {
        var suspended = _service.Steps.Suspend();
        Tell($"{suspended.Count} stand still");
        Act(Alice);
        Act(Bob);
        while (_service.Steps.Ready > 0)
        {
            _service.Steps.Step(_random.Next);
            Look();
        }
        _service.Steps.Resume(suspended);
        Tell("they go on");
    }

    private void Begin(Principal person)
    {
        Act(person);
        Start(() => _service.WorkAsync());
        Start(() => _service.WorkAsync());
        if (_random.Next(4) == 0)
            Start(() => _service.HealAsync());
    }

    /// <summary>Begins an action of a user, unless the user is still busy with another one.</summary>
    private void Act(Principal person)
    {
        var path = _random.Next(4) == 0 ? Paths[_random.Next(Paths.Length)] : _contested;
        var access = Lists[_random.Next(Lists.Length)];
        var kind = _random.Next(6);
        var owner = kind < 2 ? OwnerOf(path) ?? person : person;
        if (_acting.Contains(person) || _acting.Contains(owner))
            return;
        Func<Task<bool>> act = kind switch
        {
            0 or 1 => () => TakeOverAsync(owner, person, path, access),
            2 => () => DeleteAsync(person, path),
            3 => () => SetAccessAsync(person, path, access),
            _ => Upload(person, path, access),
        };
        _acting.UnionWith([person, owner]);
        Start(async () =>
        {
            var done = await act();
            _acting.ExceptWith([person, owner]);
            return done;
        });
    }

    private Principal? OwnerOf(string path) =>
        _claims.LastOrDefault(claim => claim.Path == path && claim is { IsOver: false, Incarnation: not null })?.Owner;

    /// <summary>The owner of the path deletes the document, and a user then uploads to the same path.</summary>
    private async Task<bool> TakeOverAsync(Principal owner, Principal person, string path, string[] access)
    {
        await DeleteAsync(owner, path);
        return await Upload(person, path, access)();
    }

    private void Start(Func<Task<bool>> act) => _doing.Add(_service.Steps.Start(act));

    private Func<Task<bool>> Upload(Principal person, string path, string[] access)
    {
        var file = path == "all.zip"
            ? ToyFile.Of(Word(), [("one.txt", ToyFile.Of(Word())), .. _random.Next(2) == 0 ? [("two.zip", ToyFile.Of(Word(), ("deep.txt", ToyFile.Of(Word()))))] : Array.Empty<(string, ToyFile)>()])
            : ToyFile.Of(Word());
        var mine = Current(person, path);
        var claim = mine is null || mine.IsUncertain ? new Claim(person, path, access) : mine;
        claim.Words.UnionWith(file.AllWords());
        if (!_claims.Contains(claim))
            _claims.Add(claim);
        return () => UploadAsync(claim, file, claim == mine ? [] : access);
    }

    private async Task<bool> UploadAsync(Claim claim, ToyFile file, string[] access)
    {
        var isNew = claim.Incarnation is null;
        try
        {
            var manifest = await _service.UploadAsync(claim.Owner, claim.Path, file, access);
            Tell($"{claim.Owner.Subject} uploaded {string.Join(' ', file.AllWords())} to {claim.Path} as {manifest.Incarnation} v{manifest.Latest.Number} for {string.Join(' ', manifest.Access)}");
            claim.Accepted(manifest, file);
        }
        catch (ProblemException refused)
        {
            Tell($"{claim.Owner.Subject} was refused {string.Join(' ', file.AllWords())} at {claim.Path}: {refused.Message}");
            claim.IsOver |= isNew;
        }
        return true;
    }

    private async Task<bool> SetAccessAsync(Principal person, string path, string[] access)
    {
        var claims = _claims.Where(claim => claim.Owner == person && claim.Path == path && !claim.IsOver).ToList();
        var asked = claims.ToDictionary(claim => claim, claim => claim.Asked(access));
        try
        {
            var changed = await _service.SetAccessAsync(person, path, access);
            Tell($"{person.Subject} gave {path} to {string.Join(' ', access)}: {changed?.Incarnation ?? "nothing there"}");
            foreach (var claim in claims)
            {
                if (changed is not null && (claim.Incarnation is null || claim.Incarnation == changed.Incarnation))
                    claim.Answered(asked[claim]);
                else
                    claim.Withdrawn(asked[claim]);
            }
        }
        catch (ProblemException refused)
        {
            Tell($"{person.Subject} could not give {path} away: {refused.Message}");
            claims.ForEach(claim => claim.Withdrawn(asked[claim]));
        }
        return true;
    }

    private async Task<bool> DeleteAsync(Principal person, string path)
    {
        Tell($"{person.Subject} deletes {path}");
        var claims = _claims.Where(claim => claim.Owner == person && claim.Path == path).ToList();
        try
        {
            var deleted = await _service.DeleteAsync(person, path);
            Tell($"{person.Subject} deleted {path}: {deleted}");
            claims.ForEach(claim => claim.IsOver = true);
        }
        catch (ProblemException refused)
        {
            Tell($"{person.Subject} could not delete {path}: {refused.Message}");
        }
        return true;
    }

    /// <summary>Crashes the process. Operations in progress may have taken effect or not, which nobody learns.</summary>
    private void Crash()
    {
        Tell("crash");
        foreach (var claim in _claims.Where(claim => !claim.IsOver && (claim.Incarnation is null || claim.Possible.Count() > 1 || _doing.Exists(task => !task.IsCompleted))))
            claim.IsUncertain = true;
        _doing.Clear();
        _acting.Clear();
        _service.Crash();
        Start(() => _service.HealAsync());
    }

    private void Finish()
    {
        var rounds = 0;
        do
        {
            if (++rounds > MostRoundsAtTheEnd)
                throw new InvalidOperationException($"The work does not come to an end: {_service.Unfinished()}");
            Start(() => _service.HealAsync());
            Start(() => _service.WorkAsync());
            Start(() => _service.WorkAsync());
            RunUntil(() => _doing.TrueForAll(task => task.IsCompleted));
        }
        while (_service.Queue.Count > 0 || _doing.TakeLast(3).Skip(1).Any(worked => worked.Result));
    }

    private void RunUntil(Func<bool> done)
    {
        _service.Steps.RunUntil(done, _random.Next, Look);
        foreach (var failed in _doing.Where(task => task.IsFaulted))
            failed.GetAwaiter().GetResult();
        _watch.LookAtLibrary();
    }

    private void Look()
    {
        _watch.LookAtIndex();
        if (++_steps % 16 == 0)
            _watch.LookAtLibrary();
    }

    private Claim? Current(Principal person, string path) =>
        _claims.LastOrDefault(claim => claim.Owner == person && claim.Path == path && !claim.IsOver && (claim.Incarnation is not null || claim.IsUncertain));

    private string Word() => $"w{++_words}x";

    private void Tell(string what) => _told.Add($"{_steps}: {what}");
}
