# Runbook activities: mappings kept for reuse; and the contracts that they depend on.

BeforeDiscovery {
    $Generations = @{ Generation = 'Atom' }, @{ Generation = 'WebApi' }
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $source = Start-Source
    $reset = Add-SourceRunbook $source '\Portal\Reset Password' -In 'User name', 'Reason' -Out 'Temporary', 'Ticket'
    $standIn = Add-SourceRunbook $source '\Portal\Reset Password (new)' -In 'User name', 'Reason' -Out 'Temporary', 'Ticket' -Script @{ Output = @{ Temporary = 'of the new one'; Ticket = 'T2' } }
    $narrow = Add-SourceRunbook $source '\Portal\Unlock' -In 'User name' -Out 'Result'
    $broken = Add-SourceRunbook $source '\Portal\Broken' -In 'User name' -Out 'Result' -Activity 'Find User' -Script @{ End = 'Failure'; Activity = 'Find User'; Error = 'No such user.' }
    $endless = Add-SourceRunbook $source '\Portal\Endless' -In 'User name' -Out 'Result' -Script @{ End = 'Never' }
    $null = Add-SourceRunbook $source '\A\Twin'
    $null = Add-SourceRunbook $source '\B\Twin'
    $watch = Add-SourceRunbook $source '\Portal\Watch' -Monitor

    # The activity that most tests use.
    function New-Reset {
        param([string] $Name = 'Reset', [switch] $NotReady)
        New-SMRunbookActivity $Name '\Portal\Reset Password' -Map @{ 'user NAME' = 'SamAccountName'; Reason = { "Request $($_.Number)" } } -OutputMap @{ Temporary = 'Password'; ticket = 'TicketId' } -ReadyForAutomation:(-not $NotReady)
    }

    function New-Request {
        param([string] $Account = 'jdoe', [int] $Number = 7)
        [pscustomobject]@{ SamAccountName = $Account; Number = $Number }
    }

    function New-JobStore {
        param($Generation)
        $null = Invoke-Source $source ClearJobs
        $null = New-SourceStore $source $Generation
        $null = Invoke-Source $source ClearRequests
    }

    # All that the store says of activities, runbooks and jobs.
    function Get-State {
        (Get-SMRunbookActivity | Format-List -Property * | Out-String) + (Get-SMRunbook | Format-List -Property * | Out-String) + (Get-SMRunbookJob | Format-List -Property * | Out-String)
    }
}

AfterAll {
    Stop-Source $source
}

Describe 'A new activity, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'is kept as it was made, without anything being sent' {
        $made = New-Reset -NotReady
        $kept = Get-SMRunbookActivity Reset
        foreach ($activity in $made, $kept) {
            $activity | Should -BeOfType ([OrchestratorConnector.Output.SMRunbookActivity])
            $activity.Name | Should -Be 'Reset'
            $activity.Runbook | Should -Be '\Portal\Reset Password'
            $activity.RunbookId | Should -Be $reset
            $activity.Connector | Should -Be 'Main'
            $activity.Map['User name'] | Should -Be 'SamAccountName'
            $activity.Map['reason'] | Should -BeOfType ([scriptblock])
            "$($activity.Map['reason'])" | Should -Match ([regex]::Escape('$_.Number'))
            $activity.OutputMap['Temporary'] | Should -Be 'Password'
            $activity.OutputMap['TICKET'] | Should -Be 'TicketId'
            $activity.Default.Count | Should -Be 0
            $activity.ReadyForAutomation | Should -BeFalse
            $activity.Description | Should -BeNullOrEmpty
            $activity.CreationTime.Kind | Should -Be 'Local'
            $activity.StatePath | Should -Be $env:ORCHESTRATOR_CONNECTOR_STATE
            "$activity" | Should -Be 'Reset'
        }
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'takes the runbook by name, by path, or as an object' {
        (New-SMRunbookActivity ByName Unlock -Map @{ 'User name' = 'Name' }).RunbookId | Should -Be $narrow
        (New-SMRunbookActivity ByPath '\Portal\Unlock' -Map @{ 'User name' = 'Name' }).RunbookId | Should -Be $narrow
        (New-SMRunbookActivity ByObject (Get-SMRunbook Unlock) -Map @{ 'User name' = 'Name' }).RunbookId | Should -Be $narrow
    }

    It 'is refused where it does not fit the runbook; every mistake is told' {
        $problem = Get-ErrorOf {
            New-SMRunbookActivity Wrong 'Reset Password' -Map @{ 'Usr name' = 'A'; 'User name' = 'B' } -Default @{ Reason = 'r'; Temporary = 'x' } -OutputMap @{ Tickets = 'T'; Reason = 'R' }
        }
        $problem.FullyQualifiedErrorId | Should -Be 'ActivityBroken,OrchestratorConnector.Commands.NewSMRunbookActivityCommand'
        "$($problem.CategoryInfo.Category)" | Should -Be 'InvalidArgument'
        foreach ($part in "no input 'Usr name'", "no input 'Temporary'", "no output 'Tickets'", "no output 'Reason'") {
            "$problem" | Should -BeLike "*$part*"
        }
        Get-SMRunbookActivity | Should -BeNullOrEmpty
    }

    It 'is refused where nothing fills an input that the server demands, and only there' {
        $problem = Get-ErrorOf { $null = New-SMRunbookActivity Half 'Reset Password' -Map @{ 'User name' = 'A' } }
        if ($Generation -eq 'Atom') {
            $problem.FullyQualifiedErrorId | Should -BeLike 'ActivityBroken,*'
            "$problem" | Should -BeLike "*'Reason'*"
            # A default fills it too.
            (New-SMRunbookActivity Half 'Reset Password' -Map @{ 'User name' = 'A' } -Default @{ Reason = 'r' }).Default['Reason'] | Should -Be 'r'
        }
        else {
            $problem | Should -BeNullOrEmpty
            (Get-SMRunbookActivity Half).Map.Count | Should -Be 1
        }
    }

    It 'is refused where an input is mapped twice' {
        $twice = New-Object -TypeName System.Collections.Specialized.OrderedDictionary
        $twice['User name'] = 'A'
        $twice['user name'] = 'B'
        $problem = Get-ErrorOf { New-SMRunbookActivity Wrong Unlock -Map $twice }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ActivityBroken,*'
        "$problem" | Should -BeLike '*twice*'
    }

    It 'has a name of its own that names may have, and a runbook' {
        $null = New-Reset
        $problem = Get-ErrorOf { New-Reset RESET }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ActivityExists,*'
        "$($problem.CategoryInfo.Category)" | Should -Be 'ResourceExists'
        foreach ($name in '', ' ', 'a*', 'a ', ('n' * 129)) {
            (Get-ErrorOf { New-Reset $name }).FullyQualifiedErrorId | Should -Be 'ActivityNameInvalid,OrchestratorConnector.Commands.NewSMRunbookActivityCommand'
        }
        (Get-ErrorOf { New-SMRunbookActivity X 'No such' }).FullyQualifiedErrorId | Should -BeLike 'RunbookNotFound,*'
        (Get-ErrorOf { New-SMRunbookActivity X Twin }).FullyQualifiedErrorId | Should -BeLike 'RunbookAmbiguous,*'
        (Get-SMRunbookActivity).Name | Should -Be 'Reset'
    }

    It 'takes no map that is neither a property nor a script' {
        (Get-ErrorOf { New-SMRunbookActivity X Unlock -Map @{ 'User name' = 5 } }).FullyQualifiedErrorId | Should -BeLike 'MapFailed,*'
        Get-SMRunbookActivity | Should -BeNullOrEmpty
    }
}

Describe 'Activities, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
        $null = New-Reset
        $null = New-SMRunbookActivity Unlock Unlock -Map @{ 'User name' = 'Name' } -Description 'Opens a door'
    }

    It 'are found by name and wildcard' {
        (Get-SMRunbookActivity).Name | Should -Be @('Reset', 'Unlock')
        (Get-SMRunbookActivity u*).Name | Should -Be 'Unlock'
        (Get-SMRunbookActivity RESET).Name | Should -BeExactly 'Reset'
        ('Unlock', 'Reset' | Get-SMRunbookActivity).Name | Should -Be @('Unlock', 'Reset')
        Get-SMRunbookActivity x* | Should -BeNullOrEmpty
        $problem = Get-ErrorOf { Get-SMRunbookActivity Rest }
        $problem.FullyQualifiedErrorId | Should -Be 'ActivityNotFound,OrchestratorConnector.Commands.GetSMRunbookActivityCommand'
        "$problem" | Should -BeLike "*Did you mean 'Reset'*"
    }

    It 'are changed in what is given alone' {
        $before = Get-SMRunbookActivity Unlock
        Set-SMRunbookActivity Unlock -ReadyForAutomation | Should -BeNullOrEmpty
        $after = Set-SMRunbookActivity Unlock -Description 'Other words' -PassThru
        $after.ReadyForAutomation | Should -BeTrue
        $after.Description | Should -Be 'Other words'
        foreach ($property in 'Name', 'Runbook', 'RunbookId', 'Connector', 'CreationTime') {
            $after.$property | Should -Be $before.$property -Because $property
        }
        $after.Map['User name'] | Should -Be 'Name'
        Set-SMRunbookActivity Unlock -Description '' -ReadyForAutomation:$false
        $after = Get-SMRunbookActivity Unlock
        $after.Description | Should -BeNullOrEmpty
        $after.ReadyForAutomation | Should -BeFalse
        Set-SMRunbookActivity Unlock -Map @{ 'User name' = { $_.Upn } } -OutputMap @{ Result = 'Answer' } -Default @{ 'User name' = 'nobody' }
        $after = Get-SMRunbookActivity Unlock
        $after.Map['User name'] | Should -BeOfType ([scriptblock])
        $after.OutputMap['Result'] | Should -Be 'Answer'
        $after.Default['User name'] | Should -Be 'nobody'
    }

    It 'are renamed, not onto one another' {
        Set-SMRunbookActivity Unlock -NewName 'Unlock account'
        (Get-SMRunbookActivity).Name | Should -Be @('Reset', 'Unlock account')
        Set-SMRunbookActivity 'unlock ACCOUNT' -NewName 'UNLOCK ACCOUNT'
        (Get-SMRunbookActivity unlock*).Name | Should -BeExactly 'UNLOCK ACCOUNT'
        (Get-ErrorOf { Set-SMRunbookActivity Reset -NewName 'Unlock Account' }).FullyQualifiedErrorId | Should -Be 'ActivityExists,OrchestratorConnector.Commands.SetSMRunbookActivityCommand'
        (Get-ErrorOf { Set-SMRunbookActivity Reset -NewName '' }).FullyQualifiedErrorId | Should -BeLike 'ActivityNameInvalid,*'
        (Get-ErrorOf { Set-SMRunbookActivity Rset -NewName A }).FullyQualifiedErrorId | Should -BeLike 'ActivityNotFound,*'
    }

    It 'are pointed to another runbook that fits, and to no other' {
        (Set-SMRunbookActivity Reset -Runbook '\Portal\Reset Password (new)' -PassThru).RunbookId | Should -Be $standIn
        $problem = Get-ErrorOf { Set-SMRunbookActivity Reset -Runbook Unlock }
        $problem.FullyQualifiedErrorId | Should -Be 'ActivityBroken,OrchestratorConnector.Commands.SetSMRunbookActivityCommand'
        "$problem" | Should -BeLike "*no input 'Reason'*no output 'Temporary'*"
        (Get-SMRunbookActivity Reset).RunbookId | Should -Be $standIn
        $null = Set-SMRunbookActivity Reset -Runbook Unlock -Map @{ 'User name' = 'Name' } -OutputMap @{}
        (Get-SMRunbookActivity Reset).Runbook | Should -Be '\Portal\Unlock'
    }

    It 'are checked again when they are changed' {
        (Get-ErrorOf { Set-SMRunbookActivity Unlock -Map @{ 'Usr' = 'Name' } }).FullyQualifiedErrorId | Should -BeLike 'ActivityBroken,*'
        (Get-SMRunbookActivity Unlock).Map['User name'] | Should -Be 'Name'
    }

    It 'are taken from the pipeline' {
        Get-SMRunbookActivity | Set-SMRunbookActivity -ReadyForAutomation
        (Get-SMRunbookActivity).ReadyForAutomation | Should -Be @($true, $true)
        'Reset', 'Nobody', 'Unlock' | Set-SMRunbookActivity -Description 'All' -ErrorAction SilentlyContinue
        (Get-SMRunbookActivity).Description | Should -Be @('All', 'All')
        Get-SMRunbookActivity Reset | Remove-SMRunbookActivity -Confirm:$false
        (Get-SMRunbookActivity).Name | Should -Be 'Unlock'
        Remove-SMRunbookActivity * -Confirm:$false
        Get-SMRunbookActivity | Should -BeNullOrEmpty
        (Get-ErrorOf { Remove-SMRunbookActivity Reset -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'ActivityNotFound,*'
    }

    It 'survive files, and come from CSV in words' {
        $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'activities'
        Get-SMRunbookActivity | Export-Clixml -Path $file
        $read = Import-Clixml -Path $file
        $read.Name | Should -Be @('Reset', 'Unlock')
        $read[1].Map['User name'] | Should -Be 'Name'
        ($read | Get-SMRunbookActivity).Name | Should -Be @('Reset', 'Unlock')
        foreach ($row in Get-SMRunbookActivity | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv) {
            foreach ($cell in $row.PSObject.Properties) {
                $cell.Value | Should -Not -Match '^(System|OrchestratorConnector)\.[\w.`\[\], =]+$' -Because "$($cell.Name) should say something"
            }
        }
    }
}

Describe 'Invoke-SMRunbookActivity, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
    }

    It 'does nothing for an activity that is not ready' {
        $null = New-Reset -NotReady
        $problem = Get-ErrorOf { New-Request | Invoke-SMRunbookActivity Reset }
        $problem.FullyQualifiedErrorId | Should -Be 'ActivityNotReady,OrchestratorConnector.Commands.InvokeSMRunbookActivityCommand'
        "$problem" | Should -BeLike '*-ReadyForAutomation*'
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        Set-SMRunbookActivity Reset -ReadyForAutomation
        (New-Request | Invoke-SMRunbookActivity Reset).RunbookStatus | Should -Be 'Success'
    }

    It 'returns the object itself with the outputs and what became of it' {
        $null = New-Reset
        $request = New-Request
        $returned = $request | Invoke-SMRunbookActivity Reset
        [object]::ReferenceEquals($returned, $request) | Should -BeTrue
        $request.SamAccountName | Should -Be 'jdoe'
        $request.Password | Should -Be 'jdoe'
        $request.TicketId | Should -Be 'Request 7'
        $request.RunbookStatus | Should -Be 'Success'
        $request.RunbookError | Should -BeNullOrEmpty
        $job = Get-SMRunbookJob
        $request.RunbookJobId | Should -Be $job.Id
        $job.Runbook | Should -Be 'Reset Password'
        (Get-SourceJob $source).Input | Should -Be @('User name=jdoe', 'Reason=Request 7')
        # Again, over what is there from before.
        $request.Number = 8
        ($request | Invoke-SMRunbookActivity Reset).TicketId | Should -Be 'Request 8'
    }

    It 'takes the object as an argument too' {
        $null = New-Reset
        (Invoke-SMRunbookActivity Reset (New-Request other)).Password | Should -Be 'other'
        (Invoke-SMRunbookActivity -Name Reset -InputObject (New-Request third)).Password | Should -Be 'third'
    }

    It 'takes a table, and fills it' {
        $null = New-Reset
        $table = @{ samaccountname = 'jdoe'; Number = 9 }
        $returned = $table | Invoke-SMRunbookActivity Reset
        $returned | Should -BeOfType ([hashtable])
        $table['Password'] | Should -Be 'jdoe'
        $table['TicketId'] | Should -Be 'Request 9'
        $table['RunbookStatus'] | Should -Be 'Success'
        (Get-SMRunbookJob).Id | Should -Be $table['RunbookJobId']
    }

    It 'fills what the object lacks with the defaults' {
        $null = New-SMRunbookActivity Defaults 'Reset Password' -Map @{ 'User name' = 'SamAccountName'; Reason = 'Why' } -Default @{ Reason = 'no reason' } -ReadyForAutomation
        $null = [pscustomobject]@{ SamAccountName = 'a' } | Invoke-SMRunbookActivity Defaults
        (Get-SourceJob $source)[-1].Input | Should -Be @('User name=a', 'Reason=no reason')
        $null = [pscustomobject]@{ SamAccountName = 'a'; Why = $null } | Invoke-SMRunbookActivity Defaults
        (Get-SourceJob $source)[-1].Input | Should -Be @('User name=a', 'Reason=no reason')
        $null = [pscustomobject]@{ SamAccountName = 'a'; Why = 'because' } | Invoke-SMRunbookActivity Defaults
        (Get-SourceJob $source)[-1].Input | Should -Be @('User name=a', 'Reason=because')
    }

    It 'adds nothing for an output that is not mapped' {
        $null = New-SMRunbookActivity Quiet Unlock -Map @{ 'User name' = 'SamAccountName' } -ReadyForAutomation
        $returned = New-Request | Invoke-SMRunbookActivity Quiet
        $returned.PSObject.Properties.Name | Should -Be @('SamAccountName', 'Number', 'RunbookStatus', 'RunbookJobId', 'RunbookError')
    }

    It 'writes into a property that is there, and beside one that can only be read' {
        $null = New-SMRunbookActivity Into Unlock -Map @{ 'User name' = 'SamAccountName' } -OutputMap @{ Result = 'Answer' } -ReadyForAutomation
        $request = [pscustomobject]@{ SamAccountName = 'jdoe'; Answer = 'old' }
        ($request | Invoke-SMRunbookActivity Into).Answer | Should -Be 'jdoe'
    }

    It 'fails the object whose runbook fails, and goes on with the others' {
        $null = New-SMRunbookActivity Mixed Broken -Map @{ 'User name' = 'SamAccountName' } -OutputMap @{ Result = 'Answer' } -ReadyForAutomation
        $problems = $null
        $returned = @(New-Request a; New-Request b) | Invoke-SMRunbookActivity Mixed -ErrorAction SilentlyContinue -ErrorVariable problems
        @($returned).Count | Should -Be 2
        $returned.RunbookStatus | Should -Be @('Failed', 'Failed')
        @($problems).Count | Should -Be 2
        $problems[0].FullyQualifiedErrorId | Should -Be 'RunbookFailed,OrchestratorConnector.Commands.InvokeSMRunbookActivityCommand'
        foreach ($one in $returned) {
            $one.RunbookError | Should -BeLike "*'Find User'*No such user.*"
            $one.RunbookJobId | Should -BeOfType ([guid])
        }
    }

    It 'fails the object that the map fails for, and goes on with the others' {
        $null = New-Reset
        $problems = $null
        $returned = @([pscustomobject]@{ Other = 1 }; New-Request good) | Invoke-SMRunbookActivity Reset -ErrorAction SilentlyContinue -ErrorVariable problems
        ($returned | Where-Object { $_.PSObject.Properties['Password'] }).Password | Should -Be 'good'
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MapFailed,*'
        @(Get-SourceJob $source).Count | Should -Be 1
    }

    It 'gives an object back whose job is not over in time' {
        $null = New-SMRunbookActivity Late Endless -Map @{ 'User name' = 'SamAccountName' } -ReadyForAutomation
        $problems = $null
        $returned = New-Request | Invoke-SMRunbookActivity Late -TimeoutSeconds 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        $returned.RunbookStatus | Should -BeIn @('Pending', 'Running')
        $returned.RunbookJobId | Should -Be (Get-SourceJob $source).Id
        $returned.RunbookError | Should -BeLike '*1 seconds*'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'JobWaitTimedOut,*'
        $returned = New-Request | Invoke-SMRunbookActivity Late -TimeoutSeconds 1 -StopOnTimeout -ErrorAction SilentlyContinue
        @(Get-SourceJob $source)[-1].Status | Should -Be 'Canceled'
    }

    It 'gives an object back that the server refused to start a job for' {
        $null = New-Reset
        $null = Invoke-Source $source AddFault @{ Kind = 'Refusal'; Status = 400; Message = 'The runbook is checked out by somebody.'; Times = 1 }
        try {
            $returned = New-Request | Invoke-SMRunbookActivity Reset -ErrorAction SilentlyContinue
        }
        finally {
            $null = Invoke-Source $source ClearFaults
        }
        $returned.RunbookStatus | Should -Be 'Failed'
        $returned.RunbookJobId | Should -BeNullOrEmpty
        $returned.RunbookError | Should -BeLike '*checked out*'
    }

    It 'runs the other runbook that it was pointed to' {
        $null = New-Reset
        (New-Request | Invoke-SMRunbookActivity Reset).Password | Should -Be 'jdoe'
        Set-SMRunbookActivity Reset -Runbook '\Portal\Reset Password (new)'
        $returned = New-Request | Invoke-SMRunbookActivity Reset
        $returned.Password | Should -Be 'of the new one'
        $returned.TicketId | Should -Be 'T2'
        (Get-SMRunbookJob -Last 1).RunbookId | Should -Be $standIn
    }

    It 'runs in another process as it was kept' {
        $null = New-Reset
        $result = Invoke-OtherShell 'Import-Module $module; (@{ SamAccountName = ''there''; Number = 3 } | Invoke-SMRunbookActivity Reset).TicketId' -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be 'Request 3'
    }

    It 'does not wait for a monitor' {
        $null = New-SMRunbookActivity Monitor Watch -ReadyForAutomation
        (Get-ErrorOf { New-Request | Invoke-SMRunbookActivity Monitor }).FullyQualifiedErrorId | Should -BeLike 'RunbookIsMonitor,*'
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'says so where its runbook is not in the library any more' {
        $null = New-Reset
        Remove-OrchestratorConnector Main -Confirm:$false
        $problem = Get-ErrorOf { New-Request | Invoke-SMRunbookActivity Reset }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ActivityRunbookGone,*'
        "$problem" | Should -BeLike '*\Portal\Reset Password*Set-SMRunbookActivity*'
        Get-SMRunbookActivity | Format-List -Property * | Out-String | Should -BeLike '*Reset Password*'
    }

    It 'is an error for a name that there is not' {
        $null = New-Reset
        $problem = Get-ErrorOf { New-Request | Invoke-SMRunbookActivity Rset }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ActivityNotFound,*'
        "$problem" | Should -BeLike "*Did you mean 'Reset'*"
    }

    It 'runs no more at once than -ThrottleLimit says, and gives objects as they finish' {
        $null = New-SMRunbookActivity Late Endless -Map @{ 'User name' = 'SamAccountName' } -OutputMap @{ Result = 'Answer' } -ReadyForAutomation
        $answers = & {
            New-Request a
            New-Request b
            $null = Invoke-Source $source WaitStarted @{ Count = 2 }
            Complete-SourceJob $source (Get-SourceJob $source | Where-Object { $_.Input -contains 'User name=b' }).Id
        } | Invoke-SMRunbookActivity Late -ThrottleLimit 2 -TimeoutSeconds 60 | ForEach-Object {
            if ($_.Answer -eq 'b') {
                Complete-SourceJob $source (Get-SourceJob $source | Where-Object { $_.Input -contains 'User name=a' }).Id
            }
            $_.Answer
        }
        $answers | Should -Be @('b', 'a')
    }
}

Describe 'What changes activities and contracts, <Generation>' -ForEach $Generations {
    BeforeEach {
        New-JobStore $Generation
        $null = New-Reset
    }

    It 'does nothing with -WhatIf' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$narrow"; Name = 'User name'; NewName = 'Account' }
        try {
            $null = New-SMRunbookActivity Unlock Unlock -Map @{ 'User name' = 'Name' }
            $null = Sync-OrchestratorConnector Main -WarningAction Ignore
            $null = Invoke-Source $source ClearRequests
            $before = Get-State
            $result = Invoke-InRunspace @'
New-SMRunbookActivity New '\Portal\Reset Password (new)' -Map @{ 'User name' = 'A'; Reason = 'B' } -WhatIf
Set-SMRunbookActivity Reset -NewName Other -Description x -WhatIf
Set-SMRunbookActivity Reset -Runbook '\Portal\Reset Password (new)' -PassThru -WhatIf
Remove-SMRunbookActivity * -WhatIf
[pscustomobject]@{ SamAccountName = 'jdoe'; Number = 1 } | Invoke-SMRunbookActivity Reset -WhatIf
Approve-SMRunbook Unlock -PassThru -WhatIf
Approve-SMRunbook -WhatIf
Compare-SMRunbook | Out-Null
'@
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | Should -BeNullOrEmpty
            Get-State | Should -BeExactly $before
            Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        }
        finally {
            $null = Invoke-Source $source RenameParameter @{ Runbook = "$narrow"; Name = 'Account'; NewName = 'User name' }
        }
    }

    It 'says with -WhatIf what it would do' {
        $result = Invoke-OtherShell @'
Import-Module $module
New-SMRunbookActivity New Unlock -Map @{ 'User name' = 'A' } -WhatIf
Set-SMRunbookActivity Reset -Description x -WhatIf
Remove-SMRunbookActivity Reset -WhatIf
[pscustomobject]@{ SamAccountName = 'jdoe'; Number = 1 } | Invoke-SMRunbookActivity Reset -WhatIf
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        $result.Errors | Should -BeNullOrEmpty
        $lines = @($result.Output -split '\r?\n' -like 'What if: *')
        $lines.Count | Should -Be 4
        $lines[0] | Should -BeLike '*Make runbook activity*New*\Portal\Unlock*'
        $lines[1] | Should -BeLike '*Change runbook activity*Reset*'
        $lines[2] | Should -BeLike '*Remove runbook activity*Reset*'
        $lines[3] | Should -BeLike '*Invoke runbook activity*Reset*\Portal\Reset Password*jdoe*'
    }

    It 'is refused where it would ask and nobody is there, and only removing asks by itself' {
        $result = Invoke-OtherShell @'
Import-Module $module
try { Remove-SMRunbookActivity Reset } catch { "refused: $($_.CategoryInfo.Reason)" }
try { Set-SMRunbookActivity Reset -Description x -Confirm } catch { "refused: $($_.CategoryInfo.Reason)" }
try { New-SMRunbookActivity New Unlock -Map @{ 'User name' = 'A' } -Confirm } catch { "refused: $($_.CategoryInfo.Reason)" }
try { @{ SamAccountName = 'a'; Number = 1 } | Invoke-SMRunbookActivity Reset -Confirm } catch { "refused: $($_.CategoryInfo.Reason)" }
Remove-SMRunbookActivity Reset -Confirm:$false
"left: $(@(Get-SMRunbookActivity).Count)"
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        @($result.Output -split '\r?\n' -like 'refused: *').Count | Should -Be 4
        $result.Output | Should -BeLike '*left: 0*'
        Get-SourceJob $source | Should -BeNullOrEmpty
    }
}

Describe 'A contract that changes under an activity, <Generation>' -ForEach $Generations {
    BeforeEach {
        $runbook = Add-SourceRunbook $source '\Contract\Order Laptop' -In 'Owner', 'Model' -Out 'Serial'
        New-JobStore $Generation
        $null = New-SMRunbookActivity Order 'Order Laptop' -Map @{ Owner = 'Owner'; Model = 'Model' } -OutputMap @{ Serial = 'Serial' } -ReadyForAutomation
        $order = [pscustomobject]@{ Owner = 'jdoe'; Model = 'X1' }
        ($order | Invoke-SMRunbookActivity Order).RunbookStatus | Should -Be 'Success'
        $null = Invoke-Source $source ClearRequests
    }

    AfterEach {
        $null = Invoke-Source $source RemoveRunbook @{ Runbook = "$runbook" }
    }

    It 'makes the runbook invalid: it is not started, and the error says what changed and for whom' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $warnings = $null
        $result = Sync-OrchestratorConnector Main -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Invalid | Should -Be 1
        $result.Changed | Should -Be 1
        "$warnings" | Should -BeLike '*Main*invalid*Compare-SMRunbook*'
        $invalid = Get-SMRunbook 'Order Laptop'
        "$($invalid.Status)" | Should -Be 'Invalid'
        $invalid.StatusReason | Should -BeLike "*'Order'*'Owner' is gone*"
        $null = Invoke-Source $source ClearRequests
        foreach ($attempt in @(
                { Start-SMRunbook 'Order Laptop' -Parameter @{ 'Owned by' = 'a'; Model = 'b' } }
                { Invoke-SMRunbook -Path '\Contract\Order Laptop' -Parameter @{ 'Owned by' = 'a'; Model = 'b' } }
                { Start-SMRunbook 'Order Laptop' -Parameter @{ 'Owned by' = 'a'; Model = 'b' } -Force }
                { Get-SMRunbook 'Order Laptop' | Start-SMRunbook -Parameter @{ 'Owned by' = 'a'; Model = 'b' } }
                { $order | Invoke-SMRunbookActivity Order }
                { $order | Invoke-SMRunbookActivity Order -Force }
            )) {
            $problem = Get-ErrorOf $attempt
            $problem.FullyQualifiedErrorId | Should -BeLike 'RunbookInvalid,*' -Because "$attempt"
            foreach ($part in "'Order'", "In 'Owner'", "In 'Owned by'", 'Compare-SMRunbook', 'Approve-SMRunbook') {
                "$problem" | Should -BeLike "*$part*"
            }
        }
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
    }

    It 'is told by Sync -WhatIf, which changes nothing' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Serial'; NewName = 'Serial number' }
        $before = Get-State
        $preview = Sync-OrchestratorConnector Main -WhatIf
        $preview.WhatIf | Should -BeTrue
        $preview.Invalid | Should -Be 1
        $change = $preview.Changes | Where-Object Id -EQ $runbook
        $change.InvalidReason | Should -BeLike "*'Order'*'Serial' is gone*"
        "$($change.Contract)" | Should -Be 'Names'
        Get-State | Should -BeExactly $before
        (Get-SMRunbook 'Order Laptop').Status | Should -Be 'Active'
    }

    It 'is shown side by side by Compare-SMRunbook' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        $differences = @(Compare-SMRunbook)
        $differences.Count | Should -Be 2
        $differences[0] | Should -BeOfType ([OrchestratorConnector.Output.SMRunbookDifference])
        $gone = $differences | Where-Object Parameter -EQ 'Owner'
        $gone.Runbook | Should -Be '\Contract\Order Laptop'
        $gone.Connector | Should -Be 'Main'
        $gone.Accepted | Should -BeLike "In 'Owner'*"
        $gone.Now | Should -Be 'none'
        $gone.Activities | Should -Be 'Order'
        $new = $differences | Where-Object Parameter -EQ 'Owned by'
        $new.Accepted | Should -Be 'none'
        $new.Now | Should -BeLike "In 'Owned by'*"
        foreach ($again in @(
                @(Compare-SMRunbook 'Order Laptop'), @(Compare-SMRunbook -Path '\Contract\*'), @(Compare-SMRunbook -Id $runbook)
                @(Get-SMRunbook 'Order Laptop' | Compare-SMRunbook), @(Get-SMRunbook -Status Invalid | Compare-SMRunbook), @(Compare-SMRunbook * -Connector Main)
            )) {
            $again.Count | Should -Be 2
        }
        Compare-SMRunbook 'Reset Password' | Should -BeNullOrEmpty
        (Get-ErrorOf { Compare-SMRunbook 'No such' }).FullyQualifiedErrorId | Should -Be 'RunbookNotFound,OrchestratorConnector.Commands.CompareSMRunbookCommand'
    }

    It 'is accepted by Approve-SMRunbook once the activity was put right' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        Set-SMRunbookActivity Order -Map @{ 'Owned by' = 'Owner'; Model = 'Model' }
        Approve-SMRunbook 'Order Laptop' | Should -BeNullOrEmpty
        "$((Get-SMRunbook 'Order Laptop').Status)" | Should -Be 'Active'
        (Get-SMRunbook 'Order Laptop').StatusReason | Should -BeNullOrEmpty
        Compare-SMRunbook | Should -BeNullOrEmpty
        ($order | Invoke-SMRunbookActivity Order).RunbookStatus | Should -Be 'Success'
        (Get-SourceJob $source)[-1].Input | Should -Be @('Owned by=jdoe', 'Model=X1')
        (Sync-OrchestratorConnector Main).Invalid | Should -Be 0
    }

    It 'is accepted also where the activity was not put right, which then says so itself' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        $approved = Get-SMRunbook -Status Invalid | Approve-SMRunbook -PassThru
        $approved.Name | Should -Be 'Order Laptop'
        "$($approved.Status)" | Should -Be 'Active'
        $null = Invoke-Source $source ClearRequests
        $problem = Get-ErrorOf { $order | Invoke-SMRunbookActivity Order }
        $problem.FullyQualifiedErrorId | Should -Be 'ActivityBroken,OrchestratorConnector.Commands.InvokeSMRunbookActivityCommand'
        "$problem" | Should -BeLike "*'Order'*no input 'Owner'*"
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        $null = Start-SMRunbook 'Order Laptop' -Parameter @{ 'Owned by' = 'a'; Model = 'b' }
        Approve-SMRunbook | Should -BeNullOrEmpty
        Approve-SMRunbook -PassThru 'Order Laptop' | Should -BeNullOrEmpty
        (Get-ErrorOf { Approve-SMRunbook 'No such' }).FullyQualifiedErrorId | Should -Be 'RunbookNotFound,OrchestratorConnector.Commands.ApproveSMRunbookCommand'
    }

    It 'is changed by a new input, by one that is gone, by one that turns, and by an output that is gone' {
        foreach ($change in @(
                @{ Do = 'AddParameter'; With = @{ Name = 'Colour' }; Like = "*'Colour' is new*" }
                @{ Do = 'RemoveParameter'; With = @{ Name = 'Model' }; Like = "*'Model' is gone*" }
                @{ Do = 'RemoveParameter'; With = @{ Name = 'Serial' }; Like = "*'Serial' is gone*" }
            )) {
            $null = Invoke-Source $source $change.Do (@{ Runbook = "$runbook" } + $change.With)
            $null = Sync-OrchestratorConnector Main -WarningAction Ignore
            (Get-SMRunbook 'Order Laptop').StatusReason | Should -BeLike $change.Like
            Approve-SMRunbook 'Order Laptop'
        }
    }

    It 'is not changed by other ids, by a new output, or by what no activity uses' {
        $null = Invoke-Source $source RebuildParameters @{ Runbook = "$runbook" }
        $null = Invoke-Source $source AddParameter @{ Runbook = "$runbook"; Name = 'Invoice'; Direction = 'Out' }
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$narrow"; Name = 'User name'; NewName = 'Account' }
        try {
            $result = Sync-OrchestratorConnector Main
            $result.Invalid | Should -Be 0
            $result.Changed | Should -Be 2
            (Get-SMRunbook).Status | ForEach-Object { "$_" } | Select-Object -Unique | Should -Be 'Active'
            ($order | Invoke-SMRunbookActivity Order).RunbookStatus | Should -Be 'Success'
        }
        finally {
            $null = Invoke-Source $source RenameParameter @{ Runbook = "$narrow"; Name = 'Account'; NewName = 'User name' }
        }
    }

    It 'makes the runbook active again when it is as it was' {
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        "$((Get-SMRunbook 'Order Laptop').Status)" | Should -Be 'Invalid'
        # And stays invalid as long as it is not.
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        "$((Get-SMRunbook 'Order Laptop').Status)" | Should -Be 'Invalid'
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owned by'; NewName = 'Owner' }
        $null = Sync-OrchestratorConnector Main
        "$((Get-SMRunbook 'Order Laptop').Status)" | Should -Be 'Active'
        ($order | Invoke-SMRunbookActivity Order).RunbookStatus | Should -Be 'Success'
    }

    It 'names every activity that it breaks' {
        $null = New-SMRunbookActivity 'Order again' 'Order Laptop' -Map @{ Owner = 'A' } -Default @{ Model = 'X2' }
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$runbook"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
        (Get-SMRunbook 'Order Laptop').StatusReason | Should -BeLike "*'Order' (*'Order again' (*"
        (Compare-SMRunbook | Where-Object Parameter -EQ Owner).Activities | Should -Be @('Order', 'Order again')
    }
}
