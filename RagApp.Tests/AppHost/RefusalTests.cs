using System.Net;
using System.Net.Sockets;

namespace RagApp.Tests.AppHost;

/// <summary>A start that cannot succeed ends at once, with one sentence that says how to correct the problem.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("Stores:Mode=floppy is not known: use embedded, containers or external", "--Stores:Mode=floppy")]
    [InlineData("give --ConnectionStrings:redis=", "--Stores:Mode=external")]
    [InlineData("give its gRPC address too", "--Stores:Mode=external", "--ConnectionStrings:redis=x:1", "--ConnectionStrings:qdrant_http=Endpoint=http://x:6333")]
    public async Task Run_StoresThatCannotBe_SaysWhatToUse(string wayOut, params string[] settings)
    {
        var (exitCode, output) = await AppHostCommand.RunAsync(settings);

        exitCode.ShouldBe(1);
        output.ShouldContain(wayOut);
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--Stores:Mode=containers", "use --Stores:Mode=embedded")]
    [InlineData("--Unstructured:Enabled=true", "Unstructured:Endpoint")]
    public async Task Run_NoContainerEngine_SaysWhichWereAskedAndTheWayOut(string setting, string wayOut)
    {
        using var programs = new ProgramFolder();
        programs.Add("docker", "echo 'Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?' >&2; exit 1");

        var (exitCode, output) = await AppHostCommand.RunAsync(programs.AsPath(), setting);

        exitCode.ShouldBe(1);
        output.ShouldContain("docker does not answer, it says: Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running; podman is not installed");
        output.ShouldContain(wayOut);
        output.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Run_EngineAnswers_GoesOnToWhatComesAfterIt()
    {
        using var programs = new ProgramFolder();
        programs.Add("podman", "echo amd64");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (_, output) = await AppHostCommand.RunAsync(
            programs.AsPath(), "--Stores:Mode=containers", $"--Gateway:Port={((IPEndPoint)listener.LocalEndpoint).Port}");

        output.ShouldContain("is in use");
    }

    [Theory]
    [InlineData("tape", "use folder or s3")]
    [InlineData("s3", "Stores:S3:Endpoint is missing")]
    public async Task Run_DocumentStoreThatCannotBe_SaysWhatToUse(string documents, string wayOut)
    {
        var (exitCode, output) = await AppHostCommand.RunAsync($"--Stores:Documents={documents}");

        exitCode.ShouldBe(1);
        output.ShouldContain(wayOut);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Run_GatewayPortTaken_NamesThePortAndTheSetting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (exitCode, output) = await AppHostCommand.RunAsync($"--Gateway:Port={port}");

        exitCode.ShouldBe(1);
        output.ShouldContain($"Port {port} is in use");
        output.ShouldContain("--Gateway:Port=");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Run_OrchestratorThatCannotBeStarted_SaysSoWithoutAStack()
    {
        var environment = new Dictionary<string, string> { ["DcpPublisher__CliPath"] = "/nowhere/dcp" };

        var (exitCode, output) = await AppHostCommand.RunAsync(environment, "--Gateway:Port=0", $"--Parameters:redis-password={new string('p', 16)}", $"--Parameters:identity-signing-key={new string('k', 48)}");

        exitCode.ShouldBe(1);
        output.ShouldContain("/nowhere/dcp");
        output.ShouldNotContain("   at ");
    }
}
