namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>Base of tests with two servers that play model providers.</summary>
public abstract class TwoProviders : IAsyncLifetime
{
    private protected FakeModelProvider First { get; private set; } = null!;

    private protected FakeModelProvider Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        First = await FakeModelProvider.StartAsync(Cancellation);
        Second = await FakeModelProvider.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
