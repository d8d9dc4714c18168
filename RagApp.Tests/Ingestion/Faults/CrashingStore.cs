using System.Reflection;
using System.Runtime.ExceptionServices;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>
/// Wraps a store and stops it at a <see cref="CrashPoint"/>. Every method counts as a write unless its name begins like a
/// read, so that a new write method is a crash point automatically.
/// </summary>
internal class CrashingStore<T> : DispatchProxy
    where T : class
{
    private static readonly string[] Reads = ["Find", "Get", "List", "Open", "Read", "Renew", "Wait"];

    private T _inner = null!;
    private CrashPoint _point = null!;

    public static T Around(T inner, CrashPoint point)
    {
        var proxy = Create<T, CrashingStore<T>>();
        var store = (CrashingStore<T>)(object)proxy;
        (store._inner, store._point) = (inner, point);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var write = !Reads.Any(name => targetMethod!.Name.StartsWith(name, StringComparison.Ordinal));
        // Leasing a job is not counted: a worker polls for jobs, and the call writes only when it gets one.
        _point.Enter(write && targetMethod!.Name != "LeaseAsync");
        var result = Call(targetMethod!, args);
        var name = $"{typeof(T).Name}.{targetMethod!.Name}({args?.FirstOrDefault()})";
        return result switch
        {
            Task task when targetMethod.ReturnType == typeof(Task) => FinishAsync(task, write, name),
            Task => Finish(targetMethod.ReturnType.GetGenericArguments()[0], result, write, name),
            _ => result,
        };
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(_inner, args);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    private object? Finish(Type type, object result, bool write, string name) =>
        typeof(CrashingStore<T>).GetMethod(nameof(FinishWithResultAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(type).Invoke(this, [result, write, name]);

    private async Task FinishAsync(Task task, bool write, string name)
    {
        await task;
        if (write)
            _point.Written(name);
    }

    private async Task<TResult> FinishWithResultAsync<TResult>(Task<TResult> task, bool write, string name)
    {
        var result = await task;
        if (write && result is not null)
            _point.Written(name);
        return result;
    }
}
