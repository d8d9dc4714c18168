using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Wire;
using Aspire.Hosting.Run;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

/// <summary>The resource service as the dashboard calls it.</summary>
public sealed class ResourceServiceTests : IAsyncLifetime
{
    private readonly DashboardSettings _settings;
    private readonly ResourceStore _store = new();
    private readonly ResourceServiceHost _host;
    private readonly GrpcChannel _channel;
    private readonly DashboardService.DashboardServiceClient _client;

    public ResourceServiceTests()
    {
        var configuration = new ConfigurationBuilder().Build();
        _settings = DashboardSettings.From(configuration);
        var environment = new HostingEnvironment { ApplicationName = "Sample.AppHost" };
        _host = new ResourceServiceHost(_settings, new DistributedApplicationModel([], "/", environment, configuration), _store, new InstanceRegistry());
        _channel = GrpcChannel.ForAddress(_settings.ResourceService);
        _client = new DashboardService.DashboardServiceClient(_channel);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Metadata Key => new() { { ResourceServiceHost.KeyHeader, _settings.ResourceServiceKey } };

    public async ValueTask InitializeAsync() => await _host.StartAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Call_WithoutKey_IsRefused()
    {
        var call = await Should.ThrowAsync<RpcException>(
            async () => await _client.GetApplicationInformationAsync(new ApplicationInformationRequest(), cancellationToken: Cancelled));

        call.StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task GetApplicationInformation_WithKey_NamesTheApplication()
    {
        var information = await _client.GetApplicationInformationAsync(new ApplicationInformationRequest(), Key, cancellationToken: Cancelled);

        information.ApplicationName.ShouldBe("Sample");
    }

    [Fact]
    public async Task WatchResources_ResourceChanges_StreamsItWithSecretsMarked()
    {
        var snapshot = new ResourceSnapshot
        {
            Name = "key",
            ResourceName = "key",
            Type = "Parameter",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Properties = [new("Value", "hidden", IsSensitive: true)],
        };
        _store.Publish(snapshot);
        using var call = _client.WatchResources(new WatchResourcesRequest(), Key, cancellationToken: Cancelled);

        await call.ResponseStream.MoveNext(Cancelled);
        var initial = call.ResponseStream.Current.InitialData.Resources.ShouldHaveSingleItem();
        _store.Publish(snapshot with { State = ResourceState.Exited, ExitCode = 3 });
        await call.ResponseStream.MoveNext(Cancelled);
        var changed = call.ResponseStream.Current.Changes.Value.ShouldHaveSingleItem().Upsert;

        initial.Properties.Single().IsSensitive.ShouldBeTrue();
        initial.State.ShouldBe("Starting");
        changed.State.ShouldBe("Exited");
        changed.StateStyle.ShouldBe("error");
        changed.Properties.ShouldContain(p => p.Name == "resource.exitCode" && p.Value.StringValue == "3");
    }

    [Fact]
    public async Task ExecuteResourceCommand_UnknownResource_FailsWithASentence()
    {
        var response = await _client.ExecuteResourceCommandAsync(
            new ResourceCommandRequest { ResourceName = "nobody", CommandName = ResourceCommands.Stop }, Key, cancellationToken: Cancelled);

        response.Kind.ShouldBe(ResourceCommandResponseKind.Failed);
        response.Message.ShouldContain("nobody");
    }
}
