using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace RagApp.Tests.Architecture;

/// <summary>
/// Sibling folders inside a project depend on each other without cycles, so that they can be understood one after another.
/// A folder and its own subfolders may depend on each other.
/// </summary>
public sealed class FolderCycleTests
{
    public static TheoryData<string> Assemblies =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "RagApp.*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.StartsWith("RagApp.Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_BesideEachOther_UseEachOtherInOneDirection(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        var uses = new FolderUses();
        foreach (var type in module.GetAllTypes())
        {
            foreach (var used in TypesUsedBy(type).Where(used => used.Scope == module))
                uses.Add(type, used);
        }
        uses.InCircles().ShouldBeEmpty();
    }

    private static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type) =>
    [
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.BaseType is { } parent ? [parent] : Array.Empty<TypeReference>(),
        .. type.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments).Select(argument => argument.Value).OfType<TypeReference>(),
        .. type.Methods.SelectMany(method => UsedBySignature(method).Concat(method.HasBody ? UsedByBody(method.Body) : [])),
    ];

    private static IEnumerable<TypeReference> UsedBySignature(MethodReference method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .Append(method.DeclaringType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : [])
            .SelectMany(Parts);

    private static IEnumerable<TypeReference> UsedByBody(MethodBody body) =>
        body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            MethodReference method => UsedBySignature(method),
            FieldReference field => Parts(field.FieldType).Concat(Parts(field.DeclaringType)),
            TypeReference used => Parts(used),
            _ => [],
        }).Concat(body.Variables.SelectMany(variable => Parts(variable.VariableType)));

    /// <summary>The type itself and the types it is composed of: <c>List&lt;A[]&gt;</c> gives List and A.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
