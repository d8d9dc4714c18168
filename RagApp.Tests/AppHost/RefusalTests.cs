using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace RagApp.Tests.AppHost;

/// <summary>A start that cannot work ends at once, with one sentence that says the way out.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("containers", "--Stores:Mode=embedded")]
    [InlineData("floppy", "embedded, containers or external")]
    public async Task Run_StoreModeThatCannotBe_SaysWhatToUse(string mode, string wayOut)
    {
        var (exitCode, output) = await AppHostCommand.RunAsync($"--Stores:Mode={mode}");

        exitCode.ShouldBe(1);
        output.ShouldContain(wayOut);
        output.ShouldNotContain("   at ");
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
}
