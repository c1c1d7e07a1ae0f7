# Jobs: run, started, looked at, waited for, stopped; what goes on when somebody has enough; several at once; the objects.

BeforeDiscovery {
    $Generations = @{ Generation = 'Atom' }, @{ Generation = 'WebApi' }
    $hasThreadJob = [bool](Get-Command -Name Start-ThreadJob -ErrorAction SilentlyContinue)
    if (-not $hasThreadJob) {
        Write-Host 'There is no Start-ThreadJob here: its test of jobs is left out.'
    }
    $hasParallel = (Get-Command -Name ForEach-Object).Parameters.ContainsKey('Parallel')
    if (-not $hasParallel) {
        Write-Host 'There is no ForEach-Object -Parallel here: its test of jobs is left out.'
    }
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $source = Start-Source
    $quick = Add-SourceRunbook $source '\Jobs\Quick' -In 'Text' -Out 'Result'
    $warns = Add-SourceRunbook $source '\Jobs\Warns' -Script @{ End = 'Warning' }
    $broken = Add-SourceRunbook $source '\Jobs\Broken' -In 'Text' -Out 'Result' -Activity 'Get User', 'Set User', 'Report' -Script @{ End = 'Failure'; Activity = 'Set User'; Error = "No such user.`nAsk the helpdesk." }
    $silent = Add-SourceRunbook $source '\Jobs\Silent' -Activity 'Only One' -Script @{ End = 'Failure'; Activity = 'Only One'; Error = '' }
    $slow = Add-SourceRunbook $source '\Jobs\Slow' -In 'Text' -Out 'Result' -Script @{ End = 'Never' }
    $watch = Add-SourceRunbook $source '\Jobs\Watch' -Monitor
    $awkward = Add-SourceRunbook $source '\Other\Awkward' -Out 'Status', 'Id', 'Free text' -Script @{ Output = @{ Status = 'mine'; Id = '7'; 'Free text' = 'x' } }
    $null = Add-SourceRunbook $source '\Other\Outputs' -In 'A' -Out 'Beta', 'Gamma', 'Alpha'
    # Keeps every other source job apart: one of the same name elsewhere.
    $namesake = Add-SourceRunbook $source '\Other\Quick' -In 'Text' -Out 'Result'

    # What the server was asked to do, as against what it was only asked.
    function Get-Write {
        @(Invoke-Source $source GetRequests | Where-Object { $_ -notlike 'GET *' })
    }

    # Stops a running command as Ctrl+C does.
    function Stop-Command {
        param($Shell, $Running)
        $stopping = $Shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue -Because 'the command should stop at once'
        $Running.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        "$($Shell.InvocationStateInfo.State)" | Should -Be 'Stopped'
    }

    # Takes in a whole request, as a server does that then does not answer.
    function Read-Request {
        param($Client)
        $Client.ReceiveTimeout = [int]$Patience.TotalMilliseconds
        $stream = $Client.GetStream()
        $head = New-Object -TypeName System.Text.StringBuilder
        while (-not $head.ToString().EndsWith("`r`n`r`n")) {
            $null = $head.Append([char]$stream.ReadByte())
        }
        if ($head.ToString() -match '(?i)\bExpect: 100-continue') {
            $goOn = [System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 100 Continue`r`n`r`n")
            $stream.Write($goOn, 0, $goOn.Length)
        }
        $length = [int][regex]::Match($head.ToString(), '(?i)\bContent-Length: (\d+)').Groups[1].Value
        for ($i = 0; $i -lt $length; $i++) {
            $null = $stream.ReadByte()
        }
    }

    function New-JobStore {
        param($Generation)
        $null = Invoke-Source $source ClearJobs
        $null = New-SourceStore $source $Generation
        $null = Invoke-Source $source ClearRequests
    }
}

AfterAll {
    Stop-Source $source
}

Describe 'Invoke-SMRunbook, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'returns the job with what came out of it' {
        $job = Invoke-SMRunbook -Path '\Jobs\Quick' -Text hello
        $job | Should -BeOfType ([OrchestratorConnector.Output.SMRunbookJob])
        $job.Runbook | Should -Be 'Quick'
        $job.Path | Should -Be '\Jobs\Quick'
        $job.RunbookId | Should -Be $quick
        $job.Connector | Should -Be 'Main'
        "$($job.Status)" | Should -Be 'Completed'
        "$($job.InstanceStatus)" | Should -Be 'Success'
        $job.Result | Should -Be 'hello'
        $job.Output['result'] | Should -Be 'hello'
        $job.Parameter['text'] | Should -Be 'hello'
        $job.RunbookServer | Should -Be 'RBS01'
        $job.FailedActivity | Should -BeNullOrEmpty
        $job.Error | Should -BeNullOrEmpty
        $job.InputObject | Should -BeNullOrEmpty
        $job.CreationTime.Kind | Should -Be 'Local'
        $job.Duration | Should -BeOfType ([timespan])
        $job.Id | Should -Be (Get-SourceJob $source $quick).Id
        $job.StatePath | Should -Be $env:ORCHESTRATOR_CONNECTOR_STATE
        "$job" | Should -Be "\Jobs\Quick $($job.Id)"
    }

    It 'keeps properties of the job where an output has the same name' {
        $job = Invoke-SMRunbook Awkward
        "$($job.Status)" | Should -Be 'Completed'
        $job.Id | Should -BeOfType ([guid])
        $job.Output['Status'] | Should -Be 'mine'
        $job.Output['Id'] | Should -Be '7'
        $job.'Free text' | Should -Be 'x'
    }

    It 'gives the outputs of every job in the same order' {
        $jobs = 1..6 | Invoke-SMRunbook -Path '\Other\Outputs' -Map @{ A = { $_ } }
        $jobs | ForEach-Object { $_.Output.Keys -join ',' } | Select-Object -Unique | Should -Be 'Alpha,Beta,Gamma'
    }

    It 'takes a warning for an end without an error' {
        $problems = $null
        $job = Invoke-SMRunbook Warns -ErrorVariable problems
        "$($job.InstanceStatus)" | Should -Be 'Warning'
        $problems | Should -BeNullOrEmpty
    }

    It 'writes an error with the activity and its text where the runbook fails, and returns the job' {
        $problems = $null
        $job = Invoke-SMRunbook Broken -Text x -ErrorAction SilentlyContinue -ErrorVariable problems
        $succeeded = $?
        $succeeded | Should -BeFalse
        "$($job.Status)" | Should -Be 'Completed'
        "$($job.InstanceStatus)" | Should -Be 'Failed'
        $job.FailedActivity | Should -Be 'Set User'
        $job.Error | Should -Be "No such user.`nAsk the helpdesk."
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'RunbookFailed,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        "$($problems[0].CategoryInfo.Category)" | Should -Be 'InvalidOperation'
        $problems[0].TargetObject | Should -Be '\Jobs\Broken'
        "$($problems[0])" | Should -BeLike "*'\Jobs\Broken'*'Set User'*No such user.*Ask the helpdesk.*"
    }

    It 'ends with -ErrorAction Stop where the runbook fails, after the job was returned' {
        $jobs = $null
        { Invoke-SMRunbook Broken -Text x -ErrorAction Stop -OutVariable jobs } | Should -Throw -ErrorId 'RunbookFailed,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        $job = $null
        try {
            Invoke-SMRunbook Broken -Text x -ErrorAction Stop | ForEach-Object { $job = $_ }
        }
        catch {
            "$_" | Should -BeLike '*No such user.*'
        }
        $job.FailedActivity | Should -Be 'Set User'
    }

    It 'says so where no error text was published' {
        $problems = $null
        $job = Invoke-SMRunbook Silent -ErrorAction SilentlyContinue -ErrorVariable problems
        $job.FailedActivity | Should -Be 'Only One'
        "$($problems[0])" | Should -BeLike "*'Only One'*no error text*"
    }

    It 'runs the others where one fails' {
        $problems = $null
        $jobs = Get-SMRunbook -Path '\Jobs\Broken', '\Jobs\Warns', '\Jobs\Quick' | Invoke-SMRunbook -Parameter @{ } -ErrorAction SilentlyContinue -ErrorVariable problems
        if ($Generation -eq 'Atom') {
            # Two of them want an input.
            $jobs.Runbook | Should -Be 'Warns'
            $problems.FullyQualifiedErrorId | Should -Be (@('ParameterMissing,OrchestratorConnector.Commands.InvokeSMRunbookCommand') * 2)
        }
        else {
            $jobs.Runbook | Sort-Object | Should -Be @('Broken', 'Quick', 'Warns')
            $problems.FullyQualifiedErrorId | Should -Be 'RunbookFailed,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        }
    }

    It 'with -TimeoutSeconds writes an error and returns the job as it is; the job goes on' {
        $problems = $null
        $job = Invoke-SMRunbook Slow -Text x -TimeoutSeconds 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($job.Status)" | Should -BeIn @('Pending', 'Running')
        $problems[0].FullyQualifiedErrorId | Should -Be 'JobWaitTimedOut,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        "$($problems[0].CategoryInfo.Category)" | Should -Be 'OperationTimeout'
        $problems[0].TargetObject | Should -Be $job.Id
        "$($problems[0])" | Should -BeLike "*1 seconds*goes on*Wait-SMRunbookJob -Id $($job.Id)*"
        Get-Write | Should -Be @("POST $(([uri]$source.$Generation).AbsolutePath)/Jobs")
        Complete-SourceJob $source $job.Id @{ End = 'Success' }
        (Wait-SMRunbookJob -Id $job.Id).Result | Should -Be 'x'
    }

    It 'with -StopOnTimeout stops the job' {
        $problems = $null
        $job = Invoke-SMRunbook Slow -Text x -TimeoutSeconds 1 -StopOnTimeout -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($job.Status)" | Should -Be 'Canceled'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'JobWaitTimedOut,*'
        "$($problems[0])" | Should -BeLike '*was stopped*'
        (Get-SourceJob $source $slow).Status | Should -Be 'Canceled'
        "$((Get-SMRunbookJob).Status)" | Should -Be 'Canceled'
    }

    It 'writes an error where somebody else stops the job' {
        $shell = New-TestShell 'Invoke-SMRunbook Slow -Text x'
        try {
            $output = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
            $running = $shell.BeginInvoke((New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'), $output)
            $null = Invoke-Source $source WaitStarted @{ Count = 1 }
            $null = Invoke-Source $source CancelJob @{ Job = (Get-SourceJob $source $slow).Id }
            $running.AsyncWaitHandle.WaitOne($Patience) | Should -BeTrue
            "$($output[0].Status)" | Should -Be 'Canceled'
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'JobCanceled,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'refuses a monitor, which never ends, before anything is sent' {
        $problem = Get-ErrorOf { Invoke-SMRunbook Watch }
        $problem.FullyQualifiedErrorId | Should -Be 'RunbookIsMonitor,OrchestratorConnector.Commands.InvokeSMRunbookCommand'
        "$problem" | Should -BeLike '*Start-SMRunbook*'
        (Get-ErrorOf { Invoke-SMRunbook Watch -Force }).FullyQualifiedErrorId | Should -BeLike 'RunbookIsMonitor,*'
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'gives results as they finish, each with the object that it was for' {
        $items = & {
            'a'
            'b'
            'c'
            # All three are under way, and the last one ends first.
            $null = Invoke-Source $source WaitStarted @{ Count = 3 }
            $job = Get-SourceJob $source $slow | Where-Object { $_.Input -contains 'Text=c' }
            Complete-SourceJob $source $job.Id
        } | Invoke-SMRunbook Slow -Map @{ Text = { $_ } } -TimeoutSeconds 60 | ForEach-Object {
            $next = @{ c = 'b'; b = 'a'; a = $null }[$_.InputObject]
            if ($next) {
                $job = Get-SourceJob $source $slow | Where-Object { $_.Input -contains "Text=$next" }
                Complete-SourceJob $source $job.Id
            }
            "$($_.InputObject) $($_.Result)"
        }
        $items | Should -Be @('c c', 'b b', 'a a')
    }

    It 'has no more under way than -ThrottleLimit says' {
        $jobs = 'a', 'b', 'c' | Invoke-SMRunbook -Path '\Jobs\Quick' -Map @{ Text = { $_ } } -ThrottleLimit 1
        $jobs.Result | Should -Be @('a', 'b', 'c')
        # Each was looked at between its own start and the next.
        $kinds = foreach ($request in Invoke-Source $source GetRequests) {
            if ($request -match '^POST .*/Jobs$') { 'start' }
            elseif ($request -match "^GET .*/Jobs(\(|/)") { 'look' }
        }
        # The same kind again and again is one.
        $last = ''
        $turns = foreach ($kind in $kinds) {
            if ($kind -ne $last) { $kind }
            $last = $kind
        }
        $turns | Should -Be @('start', 'look', 'start', 'look', 'start', 'look')
    }

    It 'ends when whoever is downstream has enough, and leaves the other jobs alone' {
        $errors = $Error.Count
        $first = & {
            'a'
            'b'
            'c'
            $null = Invoke-Source $source WaitStarted @{ Count = 3 }
            $job = Get-SourceJob $source $slow | Where-Object { $_.Input -contains 'Text=b' }
            Complete-SourceJob $source $job.Id
        } | Invoke-SMRunbook Slow -Map @{ Text = { $_ } } | Select-Object -First 1
        $first.InputObject | Should -Be 'b'
        $Error.Count | Should -Be $errors
        @(Get-SourceJob $source $slow | Where-Object { $_.Status -ne 'Completed' }).Count | Should -Be 2
        Get-Write | Where-Object { $_ -notlike 'POST */Jobs' } | Should -BeNullOrEmpty
        @(Get-SMRunbookJob).Count | Should -Be 3
        Get-SourceJob $source $slow | Where-Object { $_.Status -ne 'Completed' } | ForEach-Object { Complete-SourceJob $source $_.Id }
        (Get-SMRunbookJob -Refresh).Result | Sort-Object | Should -Be @('a', 'b', 'c')
    }

    It 'starts nothing for what comes after an error with -ErrorAction Stop' {
        $problem = Get-ErrorOf { 'a', 'b' | Invoke-SMRunbook Broken -Map @{ Text = { $_ } } -ThrottleLimit 1 -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'RunbookFailed,*'
        @(Get-SourceJob $source $broken).Count | Should -Be 1
    }

    It 'runs on the runbook servers that are named, in any case' {
        $job = Invoke-SMRunbook Warns -RunbookServer rbs02
        $job.RunbookServer | Should -Be 'RBS02'
        (Get-SourceJob $source $warns).RunbookServers | Should -Be 'RBS02'
        $null = Invoke-SMRunbook Warns -RunbookServer RBS02, RBS01
        @(Get-SourceJob $source $warns)[-1].RunbookServers | Should -Be 'RBS02,RBS01'
        $problem = Get-ErrorOf { Invoke-SMRunbook Warns -RunbookServer RBS2 }
        $problem.FullyQualifiedErrorId | Should -BeLike 'RunbookServerUnknown,*'
        "$problem" | Should -BeLike "*Did you mean 'RBS02'*"
        Get-Write | Should -HaveCount 2
    }
}

Describe 'Start-SMRunbook, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'returns the job at once, and it is kept' {
        $job = Start-SMRunbook Slow -Text x
        $job.Id | Should -Be (Get-SourceJob $source $slow).Id
        "$($job.Status)" | Should -Be 'Pending'
        $job.FinishTime | Should -BeNullOrEmpty
        $job.Duration | Should -BeNullOrEmpty
        $kept = Get-SMRunbookJob
        $kept.Id | Should -Be $job.Id
        $kept.Parameter['Text'] | Should -Be 'x'
        $kept.StartedBy | Should -Be ([System.Environment]::UserName)
    }

    It 'starts a monitor once, and once more with -Force only' {
        $job = Start-SMRunbook Watch
        $problem = Get-ErrorOf { Start-SMRunbook Watch }
        $problem.FullyQualifiedErrorId | Should -Be 'MonitorAlreadyRunning,OrchestratorConnector.Commands.StartSMRunbookCommand'
        "$($problem.CategoryInfo.Category)" | Should -Be 'ResourceBusy'
        "$problem" | Should -BeLike "*$($job.Id)*-Force*"
        @(Get-SourceJob $source $watch).Count | Should -Be 1
        $null = Start-SMRunbook Watch -Force
        @(Get-SourceJob $source $watch).Count | Should -Be 2
        Get-SMRunbookJob -Runbook Watch | Stop-SMRunbookJob
        (Start-SMRunbook Watch).Id | Should -Not -BeNullOrEmpty
    }

    It 'says what the server says where it refuses, and keeps that' {
        $null = Invoke-Source $source AddFault @{ Kind = 'Refusal'; Status = 400; Message = 'The runbook is checked out by somebody.'; Times = 1 }
        try {
            $problem = Get-ErrorOf { Start-SMRunbook Slow -Text x }
        }
        finally {
            $null = Invoke-Source $source ClearFaults
        }
        $problem.FullyQualifiedErrorId | Should -Be 'StartRejected,OrchestratorConnector.Commands.StartSMRunbookCommand'
        "$problem" | Should -BeLike "*'\Jobs\Slow'*checked out by somebody.*Check it in*"
        $kept = Get-SMRunbookJob
        "$($kept.Status)" | Should -Be 'Failed'
        $kept.Id | Should -BeNullOrEmpty
        $kept.Error | Should -BeLike '*checked out by somebody*'
    }

    It 'sends a start once: where its answer is lost, the job is looked for' {
        $null = Invoke-Source $source AddFault @{ Kind = 'LostAnswer'; Times = 1 }
        try {
            $problem = Get-ErrorOf { Start-SMRunbook Slow -Text x }
        }
        finally {
            $null = Invoke-Source $source ClearFaults
        }
        $problem.FullyQualifiedErrorId | Should -Be 'JobOutcomeUnknown,OrchestratorConnector.Commands.StartSMRunbookCommand'
        $job = Get-SourceJob $source $slow
        @($job).Count | Should -Be 1
        "$problem" | Should -BeLike "*$($job.Id)*Get-SMRunbookJob -Remote*"
        $kept = Get-SMRunbookJob
        "$($kept.Status)" | Should -Be 'Unknown'
        $kept.Id | Should -BeNullOrEmpty
        $problem = Get-ErrorOf { $kept | Wait-SMRunbookJob }
        $problem.FullyQualifiedErrorId | Should -BeLike 'JobOutcomeUnknown,*'
        (Get-SMRunbookJob -Remote -Runbook Slow).Id | Should -Be $job.Id
    }

    It 'refuses a runbook that is missing, unless it is forced; then the server decides' {
        $gone = Add-SourceRunbook $source '\Jobs\Gone'
        $null = Sync-OrchestratorConnector Main
        $null = Invoke-Source $source RemoveRunbook @{ Runbook = "$gone" }
        $null = Sync-OrchestratorConnector Main
        $null = Invoke-Source $source ClearRequests
        foreach ($command in 'Start-SMRunbook', 'Invoke-SMRunbook') {
            $problem = Get-ErrorOf { & $command Gone }
            $problem.FullyQualifiedErrorId | Should -BeLike 'RunbookMissing,*'
            "$problem" | Should -BeLike '*-Force*'
        }
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        (Get-ErrorOf { Start-SMRunbook Gone -Force }).FullyQualifiedErrorId | Should -BeIn @('StartRejected,OrchestratorConnector.Commands.StartSMRunbookCommand', 'NotFound,OrchestratorConnector.Commands.StartSMRunbookCommand')
        @(Get-Write).Count | Should -Be 1
    }

    It 'refuses a runbook whose connector was removed' {
        Remove-OrchestratorConnector Main -KeepRunbook -Confirm:$false
        $problem = Get-ErrorOf { Start-SMRunbook Warns -Force }
        $problem.FullyQualifiedErrorId | Should -BeLike 'RunbookRemoved,*'
        "$problem" | Should -BeLike "*'Main'*"
    }
}

Describe 'Get-SMRunbookJob, <Generation>' -ForEach $Generations {
    BeforeAll {
        New-JobStore $Generation
        $first = Start-SMRunbook -Path '\Jobs\Quick' -Text 1
        $second = Start-SMRunbook Slow -Text 2
        $third = Start-SMRunbook -Path '\Other\Quick' -Text 3
        $fourth = Invoke-SMRunbook Broken -Text 4 -ErrorAction SilentlyContinue
        $elsewhere = [guid](Invoke-Source $source AddJob @{ Runbook = "$quick"; Input = @{ Text = 'from elsewhere' }; CreatedBy = 'S-1-5-21-77' })
        $null = Invoke-Source $source ClearRequests
    }

    It 'gives what was started here, newest first, without asking anybody' {
        (Get-SMRunbookJob).Id | Should -Be @($fourth.Id, $third.Id, $second.Id, $first.Id)
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'finds by the name of the runbook, its path, or a wildcard' {
        (Get-SMRunbookJob quick).Id | Should -Be @($third.Id, $first.Id)
        (Get-SMRunbookJob -Runbook '\Jobs\Quick').Id | Should -Be $first.Id
        (Get-SMRunbookJob -Runbook Q*, Slow).Id | Should -Be @($third.Id, $second.Id, $first.Id)
        (Get-SMRunbookJob -Runbook '\Jobs\*').Id | Should -Be @($fourth.Id, $second.Id, $first.Id)
        (Get-SMRunbookJob -Runbook '\Other\Quick', 'Slow').Id | Should -Be @($third.Id, $second.Id)
        Get-SMRunbookJob -Runbook 'Nothing*' | Should -BeNullOrEmpty
        Get-SMRunbookJob -Runbook '\Nowhere\*' | Should -BeNullOrEmpty
        Get-SMRunbookJob -Runbook '\Nowhere\Quick', 'Nothing' -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be @('RunbookNotFound,OrchestratorConnector.Commands.GetSMRunbookJobCommand', 'RunbookNotFound,OrchestratorConnector.Commands.GetSMRunbookJobCommand')
    }

    It 'finds by connector, state, id, number and time' {
        @(Get-SMRunbookJob -Connector main).Count | Should -Be 4
        @(Get-SMRunbookJob -Connector M*, Other).Count | Should -Be 4
        (Get-SMRunbookJob -Status Completed).Id | Should -Be $fourth.Id
        (Get-SMRunbookJob -Status Pending, Running).Id | Should -Be @($third.Id, $second.Id, $first.Id)
        (Get-SMRunbookJob -Id $first.Id, $third.Id).Id | Should -Be @($third.Id, $first.Id)
        (Get-SMRunbookJob -Last 2).Id | Should -Be @($fourth.Id, $third.Id)
        (Get-SMRunbookJob -Runbook Quick -Last 1).Id | Should -Be $third.Id
        @(Get-SMRunbookJob -Since (Get-Date).AddMinutes(-5)).Count | Should -Be 4
        @(Get-SMRunbookJob -Since (Get-Date).ToUniversalTime().AddMinutes(-5)).Count | Should -Be 4
        Get-SMRunbookJob -Since (Get-Date).AddMinutes(5) | Should -BeNullOrEmpty
    }

    It 'finds those of runbooks from the pipeline' {
        (Get-SMRunbook -Path '\Jobs\Quick' | Get-SMRunbookJob).Id | Should -Be $first.Id
        (Get-SMRunbook Quick | Get-SMRunbookJob).Id | Sort-Object | Should -Be @($first.Id, $third.Id | Sort-Object)
        Get-SMRunbook Warns | Get-SMRunbookJob | Should -BeNullOrEmpty
    }

    It 'finds itself again from the pipeline' {
        ($second | Get-SMRunbookJob).Id | Should -Be $second.Id
        ([pscustomobject]@{ Id = $third.Id } | Get-SMRunbookJob).Id | Should -Be $third.Id
    }

    It 'says which id it does not know, and gives the others' {
        $unknown = [guid]::NewGuid()
        $problems = $null
        $jobs = Get-SMRunbookJob -Id $first.Id, $unknown -ErrorAction SilentlyContinue -ErrorVariable problems
        $jobs.Id | Should -Be $first.Id
        $problems[0].FullyQualifiedErrorId | Should -Be 'JobNotKept,OrchestratorConnector.Commands.GetSMRunbookJobCommand'
        $problems[0].TargetObject | Should -Be $unknown
        "$($problems[0])" | Should -BeLike '*-Remote*'
    }

    It 'says which connector there is not' {
        (Get-ErrorOf { Get-SMRunbookJob -Connector Mian }).FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
        (Get-ErrorOf { Get-SMRunbookJob -Connector Mian -Remote }).FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
        Get-SMRunbookJob -Connector x* | Should -BeNullOrEmpty
        Get-SMRunbookJob -Connector x* -Remote | Should -BeNullOrEmpty
    }

    It 'with -Remote lists what the server has, also what was started elsewhere' {
        $jobs = Get-SMRunbookJob -Remote -Runbook '\Jobs\Quick'
        $jobs.Id | Sort-Object | Should -Be @($first.Id, $elsewhere | Sort-Object)
        $other = $jobs | Where-Object Id -EQ $elsewhere
        $other.Runbook | Should -Be 'Quick'
        $other.Path | Should -Be '\Jobs\Quick'
        $other.Connector | Should -Be 'Main'
        $other.CreatedBy | Should -Be 'S-1-5-21-77'
        $other.StartedBy | Should -BeNullOrEmpty
        @(Get-SMRunbookJob -Remote).Count | Should -Be 5
        @(Get-SMRunbookJob -Remote -Connector Main -Since (Get-Date).AddMinutes(-5)).Count | Should -Be 5
        Get-SMRunbookJob -Remote -Since (Get-Date).AddMinutes(5) | Should -BeNullOrEmpty
        @(Get-SMRunbookJob -Remote -Last 2).Count | Should -Be 2
        @(Get-SMRunbook Slow | Get-SMRunbookJob -Remote).Id | Should -Be $second.Id
        # Looking does not keep.
        @(Get-SMRunbookJob).Count | Should -Be 4
    }

    It 'with -Remote and an id reads what came out of a job' {
        $job = Get-SMRunbookJob -Remote -Id $elsewhere
        "$($job.Status)" | Should -Be 'Completed'
        "$($job.InstanceStatus)" | Should -Be 'Success'
        $job.Result | Should -Be 'from elsewhere'
        $problem = Get-ErrorOf { Get-SMRunbookJob -Remote -Id ([guid]::NewGuid()) }
        $problem.FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
    }

    It 'with -Refresh looks again at what was not over, and at nothing else' {
        Complete-SourceJob $source $second.Id @{ End = 'Success' }
        $null = Invoke-Source $source ClearRequests
        $jobs = Get-SMRunbookJob -Refresh
        $jobs.Id | Should -Be @($fourth.Id, $third.Id, $second.Id, $first.Id)
        $jobs.Status | ForEach-Object { "$_" } | Select-Object -Unique | Should -Be 'Completed'
        ($jobs | Where-Object Id -EQ $second.Id).Result | Should -Be '2'
        Invoke-Source $source GetRequests | Where-Object { $_ -match $fourth.Id } | Should -BeNullOrEmpty
        # And it is kept.
        (Get-SMRunbookJob -Id $second.Id).Result | Should -Be '2'
        $null = Invoke-Source $source ClearRequests
        $null = Get-SMRunbookJob -Refresh
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'with -Refresh and -Status gives those that have that state now' {
        $job = Start-SMRunbook Slow -Text 5
        (Get-SMRunbookJob -Refresh -Status Pending, Running).Id | Should -Be $job.Id
        Complete-SourceJob $source $job.Id @{ End = 'Success' }
        Get-SMRunbookJob -Refresh -Status Pending, Running | Should -BeNullOrEmpty
        (Get-SMRunbookJob -Status Completed -Last 1).Id | Should -Be $job.Id
    }

    It 'with -Refresh is an error for a job that the server does not have any more, and gives the others' {
        $null = Start-SMRunbook Slow -Text 6
        $null = Invoke-Source $source ClearJobs
        $problems = $null
        $jobs = Get-SMRunbookJob -Refresh -ErrorAction SilentlyContinue -ErrorVariable problems
        @($jobs).Count | Should -Be 6
        $problems[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,OrchestratorConnector.Commands.GetSMRunbookJobCommand'
    }
}

Describe 'Wait-SMRunbookJob, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'waits for jobs of the pipeline, and gives each as it ends' {
        $jobs = 1..3 | Start-SMRunbook -Path '\Jobs\Quick' -Map @{ Text = { $_ } }
        ($jobs | Wait-SMRunbookJob).Result | Sort-Object | Should -Be @('1', '2', '3')
        $slowJobs = 'a', 'b' | Start-SMRunbook Slow -Map @{ Text = { $_ } } -ThrottleLimit 1
        Complete-SourceJob $source $slowJobs[1].Id
        $order = $slowJobs | Wait-SMRunbookJob -TimeoutSeconds 60 | ForEach-Object {
            if ($_.Result -eq 'b') { Complete-SourceJob $source $slowJobs[0].Id }
            $_.Result
        }
        $order | Should -Be @('b', 'a')
    }

    It 'takes ids, by position' {
        $job = Start-SMRunbook -Path '\Jobs\Quick' -Text x
        (Wait-SMRunbookJob $job.Id).Result | Should -Be 'x'
    }

    It 'does not ask for a job that was over when it was last seen' {
        $job = Invoke-SMRunbook -Path '\Jobs\Quick' -Text x
        $null = Invoke-Source $source ClearRequests
        ($job | Wait-SMRunbookJob).Result | Should -Be 'x'
        ($job, $job | Wait-SMRunbookJob).Result | Should -Be 'x'
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'is an error where the runbook failed, with the job' {
        $problems = $null
        $job = Start-SMRunbook Broken -Text x | Wait-SMRunbookJob -ErrorAction SilentlyContinue -ErrorVariable problems
        $job.FailedActivity | Should -Be 'Set User'
        $problems[0].FullyQualifiedErrorId | Should -Be 'RunbookFailed,OrchestratorConnector.Commands.WaitSMRunbookJobCommand'
        # Again, from the store.
        $problems = $null
        $job = Wait-SMRunbookJob $job.Id -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RunbookFailed,*'
    }

    It 'with -Any gives the first that ends, and leaves the others alone' {
        $jobs = 'a', 'b', 'c' | Start-SMRunbook Slow -Map @{ Text = { $_ } } -ThrottleLimit 1
        Complete-SourceJob $source $jobs[1].Id
        $first = $jobs | Wait-SMRunbookJob -Any -TimeoutSeconds 60
        $first.Result | Should -Be 'b'
        @(Get-SourceJob $source $slow | Where-Object { $_.Status -ne 'Completed' }).Count | Should -Be 2
        # One that is over already is the first.
        (Get-SMRunbookJob | Wait-SMRunbookJob -Any).Id | Should -Be $first.Id
        Get-Write | Where-Object { $_ -notlike 'POST */Jobs' } | Should -BeNullOrEmpty
    }

    It 'with -Any gives one that failed too' {
        $problems = $null
        $failed = Start-SMRunbook Broken -Text x
        $other = Start-SMRunbook Slow -Text x
        $first = $other, $failed | Wait-SMRunbookJob -Any -TimeoutSeconds 60 -ErrorAction SilentlyContinue -ErrorVariable problems
        $first.Id | Should -Be $failed.Id
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RunbookFailed,*'
    }

    It 'with -TimeoutSeconds gives the job as it is, with an error; with -StopOnTimeout it is stopped' {
        $job = Start-SMRunbook Slow -Text x
        $problems = $null
        "$(($job | Wait-SMRunbookJob -TimeoutSeconds 1 -ErrorAction SilentlyContinue -ErrorVariable problems).Status)" | Should -Be 'Running'
        $problems[0].FullyQualifiedErrorId | Should -Be 'JobWaitTimedOut,OrchestratorConnector.Commands.WaitSMRunbookJobCommand'
        "$(($job | Wait-SMRunbookJob -TimeoutSeconds 1 -StopOnTimeout -ErrorAction SilentlyContinue).Status)" | Should -Be 'Canceled'
    }

    It 'does not know a job that was started elsewhere, unless its connector is named' {
        $id = [guid](Invoke-Source $source AddJob @{ Runbook = "$quick"; Input = @{ Text = 'x' } })
        (Get-ErrorOf { Wait-SMRunbookJob $id }).FullyQualifiedErrorId | Should -Be 'JobNotKept,OrchestratorConnector.Commands.WaitSMRunbookJobCommand'
        (Wait-SMRunbookJob $id -Connector Main).Result | Should -Be 'x'
        (Get-SMRunbookJob -Remote -Runbook '\Jobs\Quick' | Wait-SMRunbookJob).Result | Should -Be 'x'
        $unknown = [guid]::NewGuid()
        (Get-ErrorOf { Wait-SMRunbookJob $unknown -Connector Main }).FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
    }

    It 'waits for the others where one is not known' {
        $job = Start-SMRunbook -Path '\Jobs\Quick' -Text x
        $problems = $null
        (Wait-SMRunbookJob ([guid]::NewGuid()), $job.Id -ErrorAction SilentlyContinue -ErrorVariable problems).Result | Should -Be 'x'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'JobNotKept,*'
    }
}

Describe 'Stop-SMRunbookJob, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'stops jobs, silently, or returns them with -PassThru' {
        $jobs = 'a', 'b' | Start-SMRunbook Slow -Map @{ Text = { $_ } } -ThrottleLimit 1
        $jobs[0] | Stop-SMRunbookJob | Should -BeNullOrEmpty
        $stopped = Stop-SMRunbookJob $jobs[1].Id -PassThru
        $stopped.Id | Should -Be $jobs[1].Id
        "$($stopped.Status)" | Should -Be 'Canceled'
        (Get-SourceJob $source $slow).Status | Should -Be @('Canceled', 'Canceled')
        Get-SMRunbookJob | ForEach-Object { "$($_.Status)" } | Should -Be @('Canceled', 'Canceled')
        Get-SMRunbookJob | ForEach-Object { $_.FinishTime } | Should -Not -BeNullOrEmpty
    }

    It 'stops a monitor' {
        $null = Start-SMRunbook Watch
        $stopped = Get-SMRunbookJob -Runbook Watch | Stop-SMRunbookJob -PassThru
        "$($stopped.Status)" | Should -Be 'Canceled'
        $stopped.FailedActivity | Should -BeNullOrEmpty
    }

    It 'is an error for a job that is over, and stops the others' {
        $over = Invoke-SMRunbook -Path '\Jobs\Quick' -Text x
        $running = Start-SMRunbook Slow -Text x
        $problems = $null
        $stopped = $over, $running | Stop-SMRunbookJob -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems
        "$(($stopped | Where-Object Id -EQ $running.Id).Status)" | Should -Be 'Canceled'
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike '*,OrchestratorConnector.Commands.StopSMRunbookJobCommand'
        "$($problems[0])" | Should -Not -BeLike '*HTTP*'
    }

    It 'does not know a job that was started elsewhere, unless its connector is named' {
        $id = [guid](Invoke-Source $source AddJob @{ Runbook = "$slow"; Input = @{ Text = 'x' } })
        (Get-ErrorOf { Stop-SMRunbookJob $id }).FullyQualifiedErrorId | Should -Be 'JobNotKept,OrchestratorConnector.Commands.StopSMRunbookJobCommand'
        "$((Stop-SMRunbookJob $id -Connector Main -PassThru).Status)" | Should -Be 'Canceled'
    }
}

Describe 'What changes something, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'sends nothing and keeps nothing with -WhatIf' {
        $job = Start-SMRunbook Slow -Text x
        $null = Invoke-Source $source ClearRequests
        $before = Get-SMRunbookJob | Format-List -Property * | Out-String
        $result = Invoke-InRunspace @"
Invoke-SMRunbook -Path \Jobs\Quick -Text x -WhatIf
Start-SMRunbook Slow -Text x -WhatIf
Start-SMRunbook Watch -WhatIf
'a', 'b' | Invoke-SMRunbook Slow -Map @{ Text = { `$_ } } -WhatIf
Get-SMRunbook -Folder \Jobs | Where-Object IsMonitor -EQ `$false | Start-SMRunbook -Parameter @{ Text = 'x' } -WhatIf -ErrorAction SilentlyContinue
Start-SMRunbook Warns -RunbookServer RBS01 -WhatIf
Stop-SMRunbookJob $($job.Id) -WhatIf
Stop-SMRunbookJob $($job.Id) -PassThru -WhatIf
"@
        $result.Output | Should -BeNullOrEmpty
        $result.Errors | Where-Object { $_.FullyQualifiedErrorId -notlike 'ParameterUnknown,*' } | Should -BeNullOrEmpty
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        Get-SMRunbookJob | Format-List -Property * | Out-String | Should -BeExactly $before
        (Get-SourceJob $source).Id | Should -Be $job.Id
    }

    It 'says with -WhatIf what it would do, with the inputs' {
        $job = Start-SMRunbook Slow -Text x
        $result = Invoke-OtherShell @"
Import-Module `$module
Invoke-SMRunbook -Path \Jobs\Quick -Text hello -WhatIf
Start-SMRunbook Watch -WhatIf
Stop-SMRunbookJob $($job.Id) -WhatIf
"@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        $result.Errors | Should -BeNullOrEmpty
        $lines = @($result.Output -split '\r?\n' -like 'What if: *')
        $lines.Count | Should -Be 3
        $lines[0] | Should -BeLike '*Run runbook*\Jobs\Quick*Text*hello*'
        $lines[1] | Should -BeLike '*Start runbook*\Jobs\Watch*'
        $lines[2] | Should -BeLike "*Stop job*$($job.Id)*"
    }

    It 'is refused with -Confirm where nobody can be asked' {
        $job = Start-SMRunbook Slow -Text x
        $null = Invoke-Source $source ClearRequests
        $result = Invoke-OtherShell @"
Import-Module `$module
try { Invoke-SMRunbook -Path \Jobs\Quick -Text x -Confirm } catch { "refused: `$(`$_.CategoryInfo.Reason)" }
try { Start-SMRunbook Slow -Text x -Confirm } catch { "refused: `$(`$_.CategoryInfo.Reason)" }
try { Stop-SMRunbookJob $($job.Id) -Confirm } catch { "refused: `$(`$_.CategoryInfo.Reason)" }
"@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        @($result.Output -split '\r?\n' -like 'refused: *').Count | Should -Be 3
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'ends the wait of <_>; the job goes on, and is picked up later' -ForEach 'Invoke-SMRunbook Slow -Text x', 'Start-SMRunbook Slow -Text x | Wait-SMRunbookJob' {
        $shell = New-TestShell $_
        try {
            $running = $shell.BeginInvoke()
            # It has been told of its job when it asks for it.
            $null = Invoke-Source $source WaitRequest @{ Pattern = '^GET .*/Jobs(\(|/)' }
            Stop-Command $shell $running
        }
        finally {
            $shell.Dispose()
        }
        $job = Get-SourceJob $source $slow
        $job.Status | Should -BeIn @('Pending', 'Running')
        Get-Write | Where-Object { $_ -notlike 'POST */Jobs' } | Should -BeNullOrEmpty
        $kept = Get-SMRunbookJob
        $kept.Id | Should -Be $job.Id
        "$($kept.Status)" | Should -BeIn @('Pending', 'Running')
        Complete-SourceJob $source $job.Id @{ End = 'Success' }
        $kept = Get-SMRunbookJob -Refresh
        "$($kept.Status)" | Should -Be 'Completed'
        $kept.Result | Should -Be 'x'
    }

    It 'ends several at once, and starts no more' {
        $shell = New-TestShell '1..20 | Invoke-SMRunbook Slow -Map @{ Text = { $_ } } -ThrottleLimit 3'
        try {
            $running = $shell.BeginInvoke()
            $null = Invoke-Source $source WaitStarted @{ Count = 3 }
            Stop-Command $shell $running
        }
        finally {
            $shell.Dispose()
        }
        @(Get-SourceJob $source $slow).Count | Should -Be 3
        # Each start is known here, with its job or with the reason why nobody knows it.
        $kept = @(Get-SMRunbookJob)
        $kept.Count | Should -Be 3
        $kept | Where-Object { -not $_.Id -and -not $_.Error } | Should -BeNullOrEmpty
    }

    It 'while the answer to a start is awaited does not pretend that nothing was sent' {
        $gate = Start-Gate -Target $source.Base
        try {
            Set-OrchestratorConnector Main -ServiceUrl $gate.$Generation -Protocol $Generation -SkipTest -WarningAction Ignore
            $shell = New-TestShell 'Start-SMRunbook Slow -Text x'
            $running = $shell.BeginInvoke()
            Read-Request (Wait-Connection $gate)
            Stop-Command $shell $running
            $shell.Dispose()
        }
        finally {
            Stop-Gate $gate
        }
        $kept = Get-SMRunbookJob
        $kept.Id | Should -BeNullOrEmpty
        "$($kept.Status)" | Should -Be 'Unknown'
        $kept.Error | Should -BeLike '*nobody knows*'
    }

    It 'before anything was sent starts nothing' {
        $gate = Start-Gate -Target $source.Base
        try {
            Set-OrchestratorConnector Main -ServiceUrl $gate.$Generation -Protocol $Generation -SkipTest -WarningAction Ignore
            # The runbook servers are asked for first.
            $shell = New-TestShell 'Start-SMRunbook Slow -Text x -RunbookServer RBS01'
            $running = $shell.BeginInvoke()
            $null = Wait-Connection $gate
            Stop-Command $shell $running
            $shell.Dispose()
        }
        finally {
            Stop-Gate $gate
        }
        Get-SourceJob $source | Should -BeNullOrEmpty
        Get-SMRunbookJob | Should -BeNullOrEmpty
    }
}

Describe 'Several shells over one store, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
        $manifest = Get-ModuleManifestPath
    }

    if ($hasThreadJob) {
        It 'run runbooks in thread jobs' {
            $jobs = 1..4 | ForEach-Object { Start-ThreadJob -ArgumentList $manifest, $_ -ScriptBlock { Import-Module $args[0]; Invoke-SMRunbook -Path \Jobs\Quick -Text "n$($args[1])" } }
            $results = $jobs | Receive-Job -Wait -AutoRemoveJob
            $results.Result | Sort-Object | Should -Be @('n1', 'n2', 'n3', 'n4')
            (Get-SMRunbookJob).Result | Sort-Object | Should -Be @('n1', 'n2', 'n3', 'n4')
        }
    }

    if ($hasParallel) {
        It 'run runbooks in parallel' {
            $results = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:manifest
                Invoke-SMRunbook -Path \Jobs\Quick -Text "n$_" -ErrorAction Stop
                1..2 | Invoke-SMRunbook -Path \Other\Quick -Map @{ Text = { "m$_" } } -ErrorAction Stop
            }
            @($results).Count | Should -Be 24
            @(Get-SMRunbookJob -Runbook '\Jobs\Quick').Result | Sort-Object | Should -Be (1..8 | ForEach-Object { "n$_" })
            @(Get-SMRunbookJob -Status Completed).Count | Should -Be 24
            @(Get-SourceJob $source).Count | Should -Be 24
        }
    }

    It 'run a runbook in a job of another process' {
        $job = Start-Job -ArgumentList $manifest -ScriptBlock {
            Import-Module $args[0]
            Invoke-SMRunbook -Path \Jobs\Quick -Text there
            Start-SMRunbook Slow -Text later
        }
        $results = @($job | Wait-Job -Timeout 60 | Receive-Job)
        $job | Remove-Job -Force
        $results[0].Result | Should -Be 'there'
        $results[0].Path | Should -Be '\Jobs\Quick'
        # What comes from there can be worked on here.
        ($results[1] | Get-SMRunbookJob).Id | Should -Be $results[1].Id
        Complete-SourceJob $source $results[1].Id @{ End = 'Success' }
        ($results[1] | Wait-SMRunbookJob).Result | Should -Be 'later'
    }
}

Describe 'A job as an object' {
    BeforeAll {
        New-JobStore Atom
        $item = [pscustomobject]@{ Name = 'web01' }
        $jobs = @(
            Invoke-SMRunbook -Path '\Jobs\Quick' -Text 'one'
            $item | Invoke-SMRunbook -Path '\Jobs\Quick' -Map @{ Text = 'Name' }
            Invoke-SMRunbook Broken -Text x -ErrorAction SilentlyContinue
            Start-SMRunbook Slow -Text x
        )
        $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'jobs'
    }

    It 'survives Export-Clixml' {
        $jobs | Export-Clixml -Path $file
        $read = @(Import-Clixml -Path $file)
        $read.Count | Should -Be 4
        $read[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.OrchestratorConnector.Output.SMRunbookJob'
        $read.Id | Should -Be $jobs.Id
        $read[0].Result | Should -Be 'one'
        $read[0].Output['Result'] | Should -Be 'one'
        $read[0].Parameter['Text'] | Should -Be 'one'
        $read[2].InstanceStatus.ToString() | Should -Be 'Failed'
        $read[1].InputObject.Name | Should -Be 'web01'
    }

    It 'is found again, with its store, from a file' {
        $jobs | Export-Clixml -Path $file
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        $null = New-TestStore
        try {
            (Import-Clixml -Path $file | Get-SMRunbookJob).Id | Should -Be $jobs.Id
            (Import-Clixml -Path $file | Select-Object -First 2 | Wait-SMRunbookJob).Result | Sort-Object | Should -Be @('one', 'web01')
            "$((Import-Clixml -Path $file | Select-Object -Last 1 | Stop-SMRunbookJob -PassThru).Status)" | Should -Be 'Canceled'
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $here
        }
    }

    It 'becomes CSV, in which no cell is the name of a type' {
        $csv = @($jobs | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $csv.Count | Should -Be 4
        $csv.Id | Should -Be ($jobs.Id | ForEach-Object { "$_" })
        $csv[0].Status | Should -Be 'Completed'
        $csv[0].Result | Should -Be 'one'
        foreach ($row in $csv) {
            foreach ($cell in $row.PSObject.Properties) {
                $cell.Value | Should -Not -Match '^(System|OrchestratorConnector)\.[\w.`\[\], =]+$' -Because "$($cell.Name) should say something"
            }
        }
    }

    It 'becomes JSON' {
        $read = @(ConvertTo-Json -InputObject $jobs -Depth 4 -WarningVariable warnings -WarningAction SilentlyContinue | ConvertFrom-Json | ForEach-Object { $_ })
        $warnings | Should -BeNullOrEmpty
        $read[0].Output.Result | Should -Be 'one'
        $read[0].Parameter.Text | Should -Be 'one'
        $read[0].Id | Should -Be "$($jobs[0].Id)"
    }

    It 'can be sorted, grouped and selected by every property' {
        foreach ($property in $jobs[0].PSObject.Properties.Name) {
            @($jobs | Sort-Object -Property $property -ErrorAction Stop).Count | Should -Be 4 -Because $property
        }
        ($jobs | Sort-Object -Property Status | Select-Object -First 1).Id | Should -Be $jobs[3].Id
        ($jobs | Group-Object -Property Runbook | Where-Object Name -EQ Quick).Count | Should -Be 2
        ($jobs | Where-Object InstanceStatus -EQ Failed).Runbook | Should -Be 'Broken'
        ($jobs | Measure-Object -Property Duration -Maximum -ErrorAction SilentlyContinue) | Should -Not -BeNullOrEmpty
    }

    It 'is fed by its outputs into the next runbook' {
        $next = Invoke-SMRunbook -Path '\Jobs\Quick' -Text chained | Invoke-SMRunbook -Path '\Other\Quick' -Map @{ Text = 'Result' }
        $next.Result | Should -Be 'chained'
        $next.InputObject.Runbook | Should -Be 'Quick'
        $next.Path | Should -Be '\Other\Quick'
    }
}
