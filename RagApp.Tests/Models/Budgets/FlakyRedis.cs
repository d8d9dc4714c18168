using System.Reflection;
using StackExchange.Redis;

namespace RagApp.Tests.Models.Budgets;

/// <summary>A connection whose scripts time out when the test says so: before they reach the server, or after they have run there.</summary>
internal class FlakyRedis : DispatchProxy
{
    private object _inner = null!;
    private Func<Fault> _next = null!;

    public enum Fault
    {
        None,
        BeforeRunning,
        AfterRunning,
    }

    public static IConnectionMultiplexer Around(IConnectionMultiplexer redis, Func<Fault> next) => Wrap<IConnectionMultiplexer>(redis, next);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IConnectionMultiplexer.GetDatabase))
            return Wrap((IDatabase)targetMethod.Invoke(_inner, args)!, _next);
        var fault = targetMethod.Name == nameof(IDatabase.ScriptEvaluateAsync) ? _next() : Fault.None;
        if (fault == Fault.BeforeRunning)
            return Task.FromException<RedisResult>(TimedOut());
        var result = targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        return fault == Fault.AfterRunning ? RunAndLoseAsync((Task<RedisResult>)result!) : result;
    }

    private static T Wrap<T>(T inner, Func<Fault> next)
        where T : class
    {
        var proxy = Create<T, FlakyRedis>();
        var flaky = (FlakyRedis)(object)proxy;
        (flaky._inner, flaky._next) = (inner, next);
        return proxy;
    }

    private static async Task<RedisResult> RunAndLoseAsync(Task<RedisResult> running)
    {
        await running;
        throw TimedOut();
    }

    private static RedisTimeoutException TimedOut() => new(CommandFlags.None, "The reply did not come.", CommandStatus.Sent);
}
