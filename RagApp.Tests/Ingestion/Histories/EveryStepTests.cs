using RagApp.Ingestion.Intake;
using Shouldly;
using Xunit;
using static RagApp.Tests.Ingestion.Histories.Watch;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// Something else happens after the first step of the work on an upload, after its second, and so on until the work ends
/// before it: what the other brings stays whole, and of what was there before it nobody reads more than they may.
/// </summary>
public sealed class EveryStepTests
{
    private static readonly ToyFile Note = ToyFile.Of("w1x");
    private static readonly ToyFile Archive = ToyFile.Of("w1x", ("one.txt", ToyFile.Of("w2x")), ("two.zip", ToyFile.Of("w3x", ("deep.txt", ToyFile.Of("w4x")))));
    private static readonly string[] Private = ["user:alice"];
    private static readonly string[] Everybody = ["public"];

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

    /// <param name="work">Is done step by step once the upload is through; null for the upload itself.</param>
    private static void AtEveryStep(
        Claim first, ToyFile file, Func<SteppedService, Claim, Claim, Task> meanwhile, Claim? second, Func<SteppedService, Claim, Task>? work = null)
    {
        var (before, over) = (0, false);
        for (; !over; before++)
        {
            using var service = new SteppedService();
            Claim[] claims = [first.Anew(), .. second is null ? [] : (Claim[])[second.Anew()]];
            over = Run(service, claims, file, meanwhile, work, before);
        }
        before.ShouldBeGreaterThan(5, "the work has more steps than that");
    }

    /// <returns>Whether the work was over before that many steps.</returns>
    private static bool Run(
        SteppedService service, Claim[] claims, ToyFile file, Func<SteppedService, Claim, Claim, Task> meanwhile, Func<SteppedService, Claim, Task>? afterwards, int before)
    {
        var watch = new Watch(service, claims);
        var work = service.Steps.Start(async () =>
        {
            await UploadAsync(service, claims[0], file);
            while (await service.WorkAsync())
                continue;
            return true;
        });
        if (afterwards is not null)
        {
            service.Steps.RunUntil(() => work.IsCompleted, _ => 0, watch.LookAtIndex);
            work = service.Steps.Start(async () =>
            {
                await afterwards(service, claims[0]);
                return true;
            });
        }
        var steps = 0;
        service.Steps.RunUntil(() => work.IsCompleted || steps >= before, _ => 0, () => steps++);
        var over = work.IsCompleted;

        var suspended = service.Steps.Suspend();
        var other = service.Steps.Start(async () =>
        {
            await meanwhile(service, claims[0], claims[^1]);
            return true;
        });
        while (service.Steps.Ready > 0 && !other.IsCompleted)
        {
            service.Steps.Step(_ => 0);
            watch.LookAtIndex();
        }
        service.Steps.Resume(suspended); // what the other waits for may be among them

        service.Steps.RunUntil(() => other.IsCompleted && work.IsCompleted, _ => 0, watch.LookAtIndex);
        other.GetAwaiter().GetResult();
        work.GetAwaiter().GetResult();
        watch.LookAtLibrary();
        Finish(service, watch);
        watch.LookAtLibrary();
        watch.Compare();
        return over;
    }

    private static void Finish(SteppedService service, Watch watch)
    {
        do
        {
            var healed = service.Steps.Start(service.HealAsync);
            var worked = service.Steps.Start(service.WorkAsync);
            service.Steps.RunUntil(() => healed.IsCompleted && worked.IsCompleted, _ => 0, watch.LookAtIndex);
            healed.GetAwaiter().GetResult();
        }
        while (service.Queue.Count > 0);
    }

    /// <summary>Asks again while the one before is just being deleted; somebody who has the path already keeps it.</summary>
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
            catch (IntakeException)
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
            claim.IsUncertain = true; // its upload had no answer yet
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
