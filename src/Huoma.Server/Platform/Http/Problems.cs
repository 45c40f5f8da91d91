using System.Diagnostics;
using Huoma.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Platform.Http;

/// <summary>Failures as RFC 9457 problem details: a stable <c>code</c>, a Chinese <c>detail</c> that says what to do, and <c>errors</c> by field.</summary>
internal static class Problems
{
    /// <summary>A rule said no.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => refusal.Field is { } field
        ? Create(StatusCodes.Status409Conflict, refusal.Code, refusal.Message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [refusal.Message] })
        : Create(StatusCodes.Status409Conflict, refusal.Code, refusal.Message);

    public static ProblemHttpResult NotFound() => Create(StatusCodes.Status404NotFound, "not-found", "没有找到，可能已被删除");

    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Create(StatusCodes.Status400BadRequest, "input.invalid", errors.First().Value[0], errors);

    /// <summary>One field is wrong.</summary>
    public static ProblemHttpResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>A field or parameter that is not of its type.</summary>
    public static ProblemDetails Malformed(string field)
    {
        const string message = "格式不对，请检查类型";
        return Details(
            StatusCodes.Status400BadRequest, "input.malformed", $"{field}：{message}", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
    }

    public static ProblemHttpResult Create(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        TypedResults.Problem(Details(status, code, detail, errors));

    public static ProblemDetails Details(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        if (Activity.Current?.TraceId.ToString() is { } traceId)
        {
            problem.Extensions["traceId"] = traceId;
        }

        return problem;
    }

    /// <summary>The problem for a status that some middleware set without a body.</summary>
    public static ProblemDetails OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Details(status, "input.malformed", "请求的内容无法读取，请检查格式"),
        StatusCodes.Status401Unauthorized => Details(status, "session.required", "请先登录"),
        StatusCodes.Status403Forbidden => Details(status, "forbidden", "没有权限，请联系管理员"),
        StatusCodes.Status404NotFound => Details(status, "not-found", "没有找到，可能已被删除"),
        StatusCodes.Status405MethodNotAllowed => Details(status, "method-not-allowed", "不支持这个操作"),
        StatusCodes.Status413PayloadTooLarge => Details(status, "input.too-large", "内容太大，请减小后重试"),
        StatusCodes.Status415UnsupportedMediaType => Details(status, "input.unsupported-type", "不支持这种内容类型"),
        StatusCodes.Status429TooManyRequests => Details(status, "too-many-requests", "操作太频繁，请稍后再试"),
        StatusCodes.Status503ServiceUnavailable => Details(status, "unavailable", "系统繁忙，请稍后再试"),
        _ => Details(status, "internal", "系统出错了，请稍后再试"),
    };
}
