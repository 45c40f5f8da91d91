using System.Reflection;
using System.Text.Json;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Simulator.Phones;

/// <summary>Answers a body that lacks what its record says it has. What it means is for the world to judge.</summary>
internal static class RequestCheck
{
    public static ValueTask<object?> NothingMissingAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument?.GetType() is { } type && type.Namespace == typeof(RequestCheck).Namespace && MissingIn(argument, type) is { } field)
            {
                return new(Problems.Invalid(field, "不能为空"));
            }
        }

        return next(context);
    }

    private static string? MissingIn(object argument, Type type)
    {
        var nullability = new NullabilityInfoContext();
        var missing = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(property => nullability.Create(property).ReadState == NullabilityState.NotNull && property.GetValue(argument) is null);
        return missing is null ? null : JsonNamingPolicy.CamelCase.ConvertName(missing.Name);
    }
}
