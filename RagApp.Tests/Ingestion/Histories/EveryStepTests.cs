using RagApp.Contracts.Http;
using static RagApp.Tests.Ingestion.Histories.Watch;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// A conflicting operation runs after the first step of the work on an upload, after the second, and so on until the work
/// ends before the conflicting operation begins. The result of that operation stays complete, and nobody reads more of the
/// earlier document than permitted. A usual run takes every third step, since all of them last minutes; with <c>RAGAPP_HISTORIES</c> set each is taken.
/// </summary>
public sealed class EveryStepTests
{
    private static readonly ToyFile Note = ToyFile.Of("w1x");
    private static readonly ToyFile Archive = ToyFile.Of("w1x", ("one.txt", ToyFile.Of("w2x")), ("two.zip", ToyFile.Of("w3x", ("deep.txt", ToyFile.Of("w4x")))));
    private static readonly string[] Private = ["user:alice"];
    private static readonly string[] Everybody = ["public"];
    private static readonly int Stride = Environment.GetEnvironmentVariable("RAGAPP_HISTORIES") is null ? 3 : 1;

    [Theory]
    [InlineData(false, "all.zip")]
    [InlineData(true, "all.zip")]
    [InlineData(true, "all.zip/one.txt")]
    [InlineData(true, "all.zip/two.zip/deep.txt")]
    public void DeleteAndUploadBySomebodyElse_AtEveryStep_NothingOfTheDeletedIsReadAndTheOtherIsWhole(bool archive, string path) => AtEveryStep(
        first: new Claim(Alice, "all.zip", Private), archive ? Archive : Note,
        meanwhile: async (service, first, second) =>
        {
            await DeleteAsync(service, first);
            await UploadAsync(service, second, ToyFile.Of("w9x"));
        },
        second: new Claim(Bob, path, Everybody));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DeleteAndUploadAgain_AtEveryStep_TheFirstTextIsGoneAndTheSecondWhole(bool archive) => AtEveryStep(
        first: new Claim(Alice, "all.zip", Private), archive ? Archive : Note,
        meanwhile: async (service, first, second) =>
        {
            await DeleteAsync(service, first);
            await UploadAsync(service, second, ToyFile.Of("w9x", ("one.txt", ToyFile.Of("w8x"))));
        },
        second: new Claim(Alice, "all.zip", Everybody));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NarrowedList_AtEveryStep_HoldsForAllThatComesOutOfTheUpload(bool archive) => AtEveryStep(
        first: new Claim(Alice, "all.zip", Everybody), archive ? Archive : Note,
        meanwhile: (service, first, _) => SetAccessAsync(service, first, Private),
        second: null);

    [Fact]
    public void NewVersionWithoutAFileWhileTheListChanges_AtEveryStep_WhoTakesThePathOfTheFileKeepsTheirList() => AtEveryStep(
        first: new Claim(Alice, "all.zip", Everybody), Archive,
        meanwhile: async (service, first, second) =>
        {
            await UploadAsync(service, first, ToyFile.Of("w5x", ("other.txt", ToyFile.Of("w6x"))));
            await SetAccessAsync(service, first, ["group:staff"]);
            await UploadAsync(service, second, ToyFile.Of("w9x"));
            await SetAccessAsync(service, first, Everybody);
        },
        second: new Claim(Bob, "all.zip/one.txt", ["user:bob"]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TwoChangesOfTheList_AtEveryStepOfAnother_TheLastOneHolds(bool archive) => AtEveryStep(
        first: new Claim(Alice, "all.zip", Everybody), archive ? Archive : Note,
        meanwhile: async (service, first, _) =>
        {
            await SetAccessAsync(service, first, ["group:staff"]);
            await SetAccessAsync(service, first, Private);
        },
        second: null,
        work: (service, first) => SetAccessAsync(service, first, Private));

    [Fact]
    public void NarrowedList_AtEveryStepOfTheMoveToTheNormalPath_HoldsThere() => AtEveryStep(
        first: new Claim(Alice, "re\u0301sume\u0301.txt", Everybody), Note,
        meanwhile: (service, first, _) => SetAccessAsync(service, first, Private),
        second: null,
        work: (service, first) => service.MergeAsync(first.Owner, first.Path));

    /// <summary>
    /// Three access changes. The first one completes while the third is in progress; the third sets the same list as the first,
    /// and a crash interrupts it.
    /// </summary>
    [Fact]
    public void SameListAgainAndACrash_AtEveryStep_TheIndexHasTheListOfTheDocument()
    {
        var (before, then) = (0, 0);
        while (true)
        {
            using var service = new SteppedService();
            Done(service, () => UploadAsync(service, new Claim(Alice, "note.txt", Everybody), Note));
            Finish(service, () => { });

            var first = Start(service, () => service.SetAccessAsync(Alice, "note.txt", Private));
            var isWhole = Take(service, first, before);
            var suspended = service.Steps.Suspend();
            var second = Start(service, () => service.SetAccessAsync(Alice, "note.txt", ["group:staff"]));
            Take(service, second, int.MaxValue);
            var third = Start(service, () => service.SetAccessAsync(Alice, "note.txt", Private));
            var isOver = Take(service, third, then);
            service.Steps.Suspend();
            service.Steps.Resume(suspended);
            Take(service, first, int.MaxValue);
            service.Crash();
            Finish(service, () => { });

            var list = service.FindAccess(Alice, "note.txt");
            service.Index.Documents.Values.ShouldAllBe(document => document.Access.SequenceEqual(list), $"{before} steps, then {then}");
            (before, then) = isOver ? (before + Stride, 0) : (before, then + 1);
            if (isWhole)
                break;
        }
        before.ShouldBeGreaterThan(5, "the work has more steps than that");
    }

    /// <param name="work">Work to run step by step after the upload has completed; null runs the upload itself step by step.</param>
    private static void AtEveryStep(
        Claim first, ToyFile file, Func<SteppedService, Claim, Claim, Task> meanwhile, Claim? second, Func<SteppedService, Claim, Task>? work = null)
    {
        var (before, over) = (0, false);
        for (; !over; before += Stride)
        {
            using var service = new SteppedService();
            Claim[] claims = [first.Anew(), .. second is null ? [] : (Claim[])[second.Anew()]];
            over = Run(service, claims, file, meanwhile, work, before);
        }
        before.ShouldBeGreaterThan(5, "the work has more steps than that");
    }

    /// <returns>True when the work ended before the given number of steps.</returns>
    private static bool Run(
        SteppedService service, Claim[] claims, ToyFile file, Func<SteppedService, Claim, Claim, Task> meanwhile, Func<SteppedService, Claim, Task>? afterwards, int before)
    {
        var watch = new Watch(service, claims);
        var work = Start(service, async () =>
        {
            await UploadAsync(service, claims[0], file);
            while (await service.WorkAsync())
                continue;
        });
        if (afterwards is not null)
        {
            service.Steps.RunUntil(() => work.IsCompleted, _ => 0, watch.LookAtIndex);
            work = Start(service, () => afterwards(service, claims[0]));
        }
        var steps = 0;
        service.Steps.RunUntil(() => work.IsCompleted || steps >= before, _ => 0, () => steps++);
        var over = work.IsCompleted;

        var suspended = service.Steps.Suspend();
        var other = Start(service, () => meanwhile(service, claims[0], claims[^1]));
        while (service.Steps.Ready > 0 && !other.IsCompleted)
        {
            service.Steps.Step(_ => 0);
            watch.LookAtIndex();
        }
        service.Steps.Resume(suspended); // the other operation may wait for a suspended task

        service.Steps.RunUntil(() => other.IsCompleted && work.IsCompleted, _ => 0, watch.LookAtIndex);
        other.GetAwaiter().GetResult();
        work.GetAwaiter().GetResult();
        watch.LookAtLibrary();
        Finish(service, watch.LookAtIndex);
        watch.LookAtLibrary();
        watch.Compare();
        return over;
    }

    private static Task<bool> Start(SteppedService service, Func<Task> work) => service.Steps.Start(async () =>
    {
        await work();
        return true;
    });

    private static void Done(SteppedService service, Func<Task> work)
    {
        var done = Start(service, work);
        service.Steps.RunUntil(() => done.IsCompleted, _ => 0, () => { });
        done.GetAwaiter().GetResult();
    }

    /// <summary>Runs at most <paramref name="steps"/> steps; fewer when the work waits for something.</summary>
    /// <returns>True when the work is complete or waits for something.</returns>
    private static bool Take(SteppedService service, Task work, int steps)
    {
        for (; steps > 0 && !work.IsCompleted && service.Steps.Ready > 0; steps--)
            service.Steps.Step(_ => 0);
        return work.IsCompleted || service.Steps.Ready == 0;
    }

    private static void Finish(SteppedService service, Action afterEach)
    {
        do
        {
            var healed = service.Steps.Start(service.HealAsync);
            var worked = service.Steps.Start(service.WorkAsync);
            service.Steps.RunUntil(() => healed.IsCompleted && worked.IsCompleted, _ => 0, afterEach);
            healed.GetAwaiter().GetResult();
        }
        while (service.Queue.Count > 0);
    }

    /// <summary>
    /// Uploads a file; repeats a refused upload, since the previous document may be about to be deleted. A path that another
    /// user holds stays theirs.
    /// </summary>
    private static async Task UploadAsync(SteppedService service, Claim claim, ToyFile file)
    {
        claim.Words.UnionWith(file.AllWords());
        for (var asked = 0; asked < 3; asked++)
        {
            try
            {
                var manifest = await service.UploadAsync(claim.Owner, claim.Path, file, claim.Incarnation is null ? claim.Possible.Single() : []);
                claim.Accepted(manifest, file);
                return;
            }
            catch (ProblemException)
            {
                await Task.Yield();
            }
        }
        claim.IsOver |= claim.Incarnation is null;
    }

    private static async Task DeleteAsync(SteppedService service, Claim claim)
    {
        claim.IsOver = await service.DeleteAsync(claim.Owner, claim.Path);
        if (!claim.IsOver)
            claim.IsUncertain = true; // the upload has no response yet, so the deletion found nothing
    }

    private static async Task SetAccessAsync(SteppedService service, Claim claim, string[] access)
    {
        var asked = claim.Asked(access);
        if (await service.SetAccessAsync(claim.Owner, claim.Path, access) is not null)
            claim.Answered(asked);
        else
            claim.Withdrawn(asked);
    }
}
