using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Documents;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>The path of a maintenance verb from the command line to the running service and back, tested with a verb of its own.</summary>
public sealed class ScaffoldTests : IDisposable
{
    private static readonly MaintenanceVerbs Verbs = new([VerbEntry.Of<CountVerb>()]);

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Run_ServiceIsRunning_LinesArriveAsTheyComeAndThenTheExit()
    {
        using var service = await StartAsync(_data.Path);
        var said = new List<VerbUpdate>();
        var first = new TaskCompletionSource();

        var running = RunAsync(new Collected(said, first), [], "a", "b");
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        running.IsCompleted.ShouldBeFalse();
        CountVerbOf(service).Go.SetResult();

        (await running).ShouldBe(new VerbUpdate(VerbUpdateKind.End, "", MaintenanceExit.Found));
        said.Where(update => update.Kind == VerbUpdateKind.Line).Select(update => update.Text).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Run_NoService_IsNull()
    {
        (await RunAsync(new Collected([]), [])).ShouldBeNull();
        (await StartAsync(_data.Path)).Dispose();
        (await RunAsync(new Collected([]), [])).ShouldBeNull();
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_SaysWhichAndExits3()
    {
        using var service = await StartAsync(_data.Path);
        var first = new TaskCompletionSource();
        var running = RunAsync(new Collected([], first), [], "a");
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var second = await RunAsync(new Collected([]), []);

        second.ShouldNotBeNull().Exit.ShouldBe(MaintenanceExit.Busy);
        second.Text.ShouldStartWith("'count' has been running since");
        CountVerbOf(service).Go.SetResult();
        await running;
        (await RunAsync(new Collected([]), [])).ShouldNotBeNull().Exit.ShouldBe(MaintenanceExit.Found);
    }

    [Fact]
    public async Task Run_CommandIsCancelled_TheVerbIsAsWell()
    {
        using var service = await StartAsync(_data.Path);
        var first = new TaskCompletionSource();
        using var interrupt = new CancellationTokenSource();
        var running = MaintenanceClient.RunAsync(_data.Path, "count", Arguments([], "a"), new Collected([], first), interrupt.Token);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        await CountVerbOf(service).Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Theory]
    [InlineData("--fail", "It went wrong: do this.", MaintenanceExit.Failed)]
    [InlineData("--break", "Something unforeseen.", MaintenanceExit.Failed)]
    public async Task Run_VerbFails_TheSentenceArrives(string option, string sentence, int exit)
    {
        using var service = await StartAsync(_data.Path);
        (await RunAsync(new Collected([]), [option])).ShouldBe(new VerbUpdate(VerbUpdateKind.End, sentence, exit));
    }

    [Fact]
    public async Task Socket_OfARunningService_IsForItsUserAlone()
    {
        using var service = await StartAsync(_data.Path);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var socket = Path.Combine(_data.Path, "maintenance", "service.sock");
        File.GetUnixFileMode(socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(socket)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Socket_LeftByACrash_IsTakenOver()
    {
        MaintenanceSocket.CreateFolder(MaintenanceSocket.PathsFor(_data.Path)[0]);
        await File.WriteAllTextAsync(MaintenanceSocket.PathsFor(_data.Path)[0], "", Cancellation);
        using var service = await StartAsync(_data.Path);
        CountVerbOf(service).Go.SetResult();
        (await RunAsync(new Collected([]), [])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Socket_PathTooLong_IsAShortOneElsewhere()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_data.Path, new string('d', 60), new string('e', 60))).FullName;
        var path = MaintenanceSocket.PathsFor(deep).ShouldHaveSingleItem();
        path.ShouldStartWith(Path.GetTempPath());

        using var service = await StartAsync(deep);
        CountVerbOf(service).Go.SetResult();
        (await MaintenanceClient.RunAsync(deep, "count", Arguments([]), new Collected([]), Cancellation)).ShouldNotBeNull();
        await service.StopAsync(Cancellation);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Endpoints_OnTheServicesPort_DoNotExist()
    {
        await using var service = await IngestionService.StartAsync();
        using var anonymous = new HttpClient { BaseAddress = new Uri(service.Address) };
        (await anonymous.PostAsync("verbs/sweep", new StringContent("{}"), Cancellation)).StatusCode.ShouldNotBe(HttpStatusCode.OK);

        using var signed = ServiceCall.Request(IngestionService.Alice, HttpMethod.Post, "verbs/sweep", new StringContent("{}"));
        (await service.Http.SendAsync(signed, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Command_ServiceIsDown_DoesTheWorkItselfAndHoldsTheLock()
    {
        var exit = await MaintenanceCommand.RunAsync(["count", "--data", _data.Path, "--look"], Verbs, Build);

        exit.ShouldBe(MaintenanceExit.Found);
        MaintenanceLock.HolderOf(_data.Path).ShouldBeNull();
    }

    [Fact]
    public async Task Command_AnotherCommandHasTheStores_Exits3()
    {
        using var held = MaintenanceLock.Take(_data.Path, "sweep");
        MaintenanceLock.HolderOf(_data.Path).ShouldNotBeNull().ShouldContain("'sweep'");
        (await MaintenanceCommand.RunAsync(["count", "--data", _data.Path], Verbs, Build)).ShouldBe(MaintenanceExit.Busy);
    }

    [Theory]
    [InlineData(MaintenanceExit.Usage)]
    [InlineData(MaintenanceExit.Usage, "unknown")]
    [InlineData(MaintenanceExit.Usage, "count", "--unknown")]
    [InlineData(MaintenanceExit.Usage, "count", "--name")]
    [InlineData(MaintenanceExit.Usage, "count", "--look=yes")]
    [InlineData(MaintenanceExit.Failed, "count", "--data", "/nowhere/at/all")]
    [InlineData(MaintenanceExit.Done, "--help")]
    [InlineData(MaintenanceExit.Done, "count", "--help")]
    public async Task Command_Line_ExitsAsDocumented(int exit, params string[] args) =>
        (await MaintenanceCommand.RunAsync(args, Verbs, Build)).ShouldBe(exit);

    private Task<VerbUpdate?> RunAsync(IProgress<VerbUpdate> progress, string[] options, params string[] operands) =>
        MaintenanceClient.RunAsync(_data.Path, "count", Arguments(options, operands), progress, Cancellation);

    private static VerbArguments Arguments(string[] options, params string[] operands) =>
        new(options.ToDictionary(option => option, _ => "", StringComparer.Ordinal), operands);

    private static CountVerb CountVerbOf(IHost service) => service.Services.GetRequiredService<CountVerb>();

    private static async Task<IHost> StartAsync(string dataPath)
    {
        var host = Build([$"--Storage:DataPath={dataPath}"]);
        await host.StartAsync(Cancellation);
        return host;
    }

    private static IHost Build(string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddCommandLine(args);
        builder.Logging.ClearProviders();
        builder.Services.AddDocumentStore().AddMaintenance(Verbs);
        builder.Services.AddSingleton<CountVerb>();
        return builder.Build();
    }

    private sealed class Collected(List<VerbUpdate> all, TaskCompletionSource? first = null) : IProgress<VerbUpdate>
    {
        public void Report(VerbUpdate value)
        {
            all.Add(value);
            first?.TrySetResult();
        }
    }

    /// <summary>A verb that prints its operands, waits after each until the test releases it, and fails when told to.</summary>
    private sealed class CountVerb : IMaintenanceVerb
    {
        public static VerbDescription Description { get; } = new("count", "Counts.", "Counts its operands.")
        {
            Operands = "WORD...",
            Options = [new("--fail", null, "fails"), new("--break", null, "breaks"), new("--look", null, "does not wait"), new("--name", "NAME", "a name")],
            RunsAlone = true,
        };

        public TaskCompletionSource Go { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new();

        public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
        {
            if (arguments.Has("--fail"))
                throw new VerbException("It went wrong: do this.");
            if (arguments.Has("--break"))
                throw new InvalidOperationException("Something unforeseen.");
            cancellationToken.Register(() => Cancelled.TrySetResult());
            foreach (var operand in arguments.Operands)
            {
                progress.Line(operand);
                await Go.Task.WaitAsync(cancellationToken);
            }
            return MaintenanceExit.Found;
        }
    }
}
